using SshFunctions.App.Http;

namespace SshFunctions.App.Tests.Http;

public sealed class HttpFunctionsTests
{
    [Fact]
    public void Lists_every_function_of_the_assembly()
    {
        string[] written = [.. typeof(IHttpFunction).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IHttpFunction)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(written, HttpFunctions.All.Select(function => function.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Declares_each_function_under_the_name_of_its_class() =>
        Assert.All(HttpFunctions.All, function => Assert.Equal(function.GetType().Name, function.Declaration.Name));

    [Fact]
    public void Declares_no_method_and_route_twice()
    {
        string[] routes = [.. HttpFunctions.All.SelectMany(function => function.Declaration.Routes).Select(route => $"{route.Method} {route.Template}")];

        Assert.Equal(routes.Distinct(), routes);
    }

    [Fact]
    public void Hosts_ask_what_their_sshd_needs_and_about_themselves_and_nothing_else() => Assert.Equal(
        [
            "AuthorizeKey", "GetAuthorizedKeys", "GetHost", "IssueHostCertificate", "IssueTunnelCertificate", "RecordSession", "RedeemPasscode",
            "RemoveHost", "ReportHost", "RotateAccessToken", "SpendCertificate", "WhoAmI",
        ],
        HttpFunctions.All.Where(function => function.Declaration.ForHosts).Select(function => function.Declaration.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Gives_every_operation_a_name_of_its_own()
    {
        string[] names = [.. HttpFunctions.All.SelectMany(function => function.Declaration.Routes.Select(function.Declaration.OperationIdOf))];

        Assert.Equal(names.Distinct(), names);
    }
}
