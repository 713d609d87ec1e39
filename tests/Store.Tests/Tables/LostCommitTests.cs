using SshFunctions.Azure.Tables;
using SshFunctions.Core.Ports;

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
    private static readonly EntityWrite Replace = EntityWrite.Of(new DocumentChange.Replace("row", default, Version), Operation);
    private static readonly EntityWrite Delete = EntityWrite.Of(new DocumentChange.Delete("row", Version), Operation);

    [Fact]
    public void It_happened_when_the_document_names_it_also_under_others()
    {
        Assert.True(LostCommit.Judge(Insert, Operation, WriteTrail.Insert(Operation)));
        Assert.True(LostCommit.Judge(Insert, Operation, WriteTrail.Insert(Operation).Then(WriteTrail.NewOperation())));
        Assert.True(LostCommit.Judge(Replace, Operation, Before.Then(Operation).Then(WriteTrail.NewOperation())));
    }

    [Fact]
    public void It_did_not_happen_when_the_version_it_was_to_change_is_there_or_another_changed_it()
    {
        Assert.False(LostCommit.Judge(Replace, Operation, Before));
        Assert.False(LostCommit.Judge(Replace, Operation, Before.Then(WriteTrail.NewOperation())));
        Assert.False(LostCommit.Judge(Delete, Operation, Before));
        Assert.False(LostCommit.Judge(Delete, Operation, Before.Then(WriteTrail.NewOperation())));
        Assert.False(LostCommit.Judge(Insert, Operation, Stranger));
    }

    [Fact]
    public void Nobody_can_tell_when_the_document_is_gone_or_another_lies_there()
    {
        Assert.Null(LostCommit.Judge(Replace, Operation, null));
        Assert.Null(LostCommit.Judge(Delete, Operation, null));
        Assert.Null(LostCommit.Judge(Replace, Operation, Stranger));
        Assert.Null(LostCommit.Judge(Delete, Operation, Stranger));
    }

    [Fact]
    public void What_demands_a_version_from_elsewhere_never_happened()
    {
        EntityWrite foreign = EntityWrite.Of(new DocumentChange.Delete("row", new DocumentVersion("*")), Operation);
        Assert.False(LostCommit.Judge(foreign, Operation, null));
    }
}
