using SshFunctions.Hooks.Display;

namespace SshFunctions.Hooks.Tests.Display;

public sealed class TableTests
{
    [Fact]
    public void Ends_a_line_that_is_too_long_in_an_ellipsis()
    {
        Table table = Make();
        Assert.Equal("id  details\n1   login=dep…\n", table.Render(14));
    }

    [Fact]
    public void Prints_whole_lines_when_there_is_no_terminal() => Assert.Equal("id  details\n1   login=deploy life=900\n", Make().Render());

    private static Table Make()
    {
        Table table = new("id", "details");
        table.Add("1", "login=deploy life=900");
        return table;
    }
}
