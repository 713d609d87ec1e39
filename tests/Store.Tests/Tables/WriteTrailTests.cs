using SshFunctions.Azure.Tables;

namespace SshFunctions.Store.Tests.Tables;

public sealed class WriteTrailTests
{
    [Fact]
    public void Is_the_same_after_it_was_written_and_read()
    {
        WriteTrail trail = WriteTrail.Insert(WriteTrail.NewOperation()).Then(WriteTrail.NewOperation());
        Assert.Equal(trail.ToString(), WriteTrail.Parse(trail.ToString())!.ToString());
        Assert.True(WriteTrail.Parse(trail.ToString())!.IsWhole);
    }

    [Fact]
    public void Forgets_the_oldest_of_more_writes_than_it_holds_and_says_that_it_is_not_whole()
    {
        string first = WriteTrail.NewOperation();
        WriteTrail trail = WriteTrail.Insert(first);
        for (int number = 1; number < 16; number++) trail = trail.Then(WriteTrail.NewOperation());
        Assert.True(trail.IsWhole);
        Assert.True(trail.Contains(first));
        trail = trail.Then(WriteTrail.NewOperation());
        Assert.False(trail.IsWhole);
        Assert.False(trail.Contains(first));
        Assert.False(WriteTrail.Parse(trail.ToString())!.IsWhole);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("AAAAAAAAAA")]
    [InlineData("AAAAAAAAAAA.")]
    [InlineData("+AAAAAAAAAAA.AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAA\n")]
    public void Is_not_read_from(string text) => Assert.Null(WriteTrail.Parse(text));
}
