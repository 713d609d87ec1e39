using SshFunctions.App.Queue;

namespace SshFunctions.App.Tests.Queue;

public sealed class QueueFunctionsTests
{
    [Fact]
    public void Lists_every_queue_function_of_the_assembly_under_the_name_of_its_class()
    {
        string[] written = [.. typeof(IQueueFunction).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IQueueFunction)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(written, QueueFunctions.All.Select(function => function.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(QueueFunctions.All, function => Assert.Equal(function.GetType().Name, function.Declaration.Name));
    }

    [Fact]
    public void Gives_every_function_a_queue_of_its_own() =>
        Assert.Equal(QueueFunctions.All.Length, QueueFunctions.All.Select(function => function.Declaration.Queue).Distinct().Count());
}
