using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;
using Outcome = SshFunctions.Azure.Tables.LostCommit.Outcome;

namespace SshFunctions.Store.Tests.Tables;

/// <summary>What a document tells about a commit whose answer was lost.</summary>
public sealed class LostCommitTests
{
    private const string ETag = "W/\"datetime'2026'\"";
    private static readonly string Operation = WriteTrail.NewOperation();
    private static readonly WriteTrail Before = WriteTrail.Insert(WriteTrail.NewOperation());
    private static readonly WriteTrail Stranger = WriteTrail.Insert(WriteTrail.NewOperation());
    private static readonly DocumentVersion Version = new EntityVersion(Before, ETag).ToVersion();
    private static readonly EntityWrite Insert = EntityWrite.Of(new DocumentChange.Insert("row", default), Operation);
    private static readonly EntityWrite Staying = EntityWrite.Of(new DocumentChange.Insert("row", default) { Stays = true }, Operation);
    private static readonly EntityWrite Replace = EntityWrite.Of(new DocumentChange.Replace("row", default, Version), Operation);
    private static readonly EntityWrite Delete = EntityWrite.Of(new DocumentChange.Delete("row", Version), Operation);

    [Fact]
    public void It_happened_when_the_document_names_it_also_under_others()
    {
        Assert.Equal(Outcome.Happened, LostCommit.Judge(Insert, Operation, WriteTrail.Insert(Operation)));
        Assert.Equal(Outcome.Happened, LostCommit.Judge(Insert, Operation, WriteTrail.Insert(Operation).Then(WriteTrail.NewOperation())));
        Assert.Equal(Outcome.Happened, LostCommit.Judge(Replace, Operation, Before.Then(Operation).Then(WriteTrail.NewOperation())));
    }

    [Fact]
    public void It_did_not_happen_when_the_version_that_it_was_to_change_is_there_and_may_yet()
    {
        Assert.Equal(Outcome.NotYet, LostCommit.Judge(Replace, Operation, Before));
        Assert.Equal(Outcome.NotYet, LostCommit.Judge(Delete, Operation, Before));
    }

    [Fact]
    public void It_never_happens_when_another_changed_what_it_was_to_change_or_took_a_row_that_stays()
    {
        Assert.Equal(Outcome.Never, LostCommit.Judge(Replace, Operation, Before.Then(WriteTrail.NewOperation())));
        Assert.Equal(Outcome.Never, LostCommit.Judge(Delete, Operation, Before.Then(WriteTrail.NewOperation())));
        Assert.Equal(Outcome.Never, LostCommit.Judge(Staying, Operation, Stranger));
    }

    [Fact]
    public void Nobody_can_tell_when_the_document_is_gone_or_another_lies_there()
    {
        foreach (EntityWrite write in new[] { Insert, Replace, Delete })
        {
            Assert.Equal(Outcome.Unknown, LostCommit.Judge(write, Operation, null));
            Assert.Equal(Outcome.Unknown, LostCommit.Judge(write, Operation, Stranger));
        }

        Assert.Equal(Outcome.Unknown, LostCommit.Judge(Staying, Operation, null));
    }

    [Fact]
    public void What_demands_a_version_from_elsewhere_never_happened()
    {
        EntityWrite foreign = EntityWrite.Of(new DocumentChange.Delete("row", new DocumentVersion("*")), Operation);
        Assert.Equal(Outcome.Never, LostCommit.Judge(foreign, Operation, null));
    }
}
