using SshFunctions.Core.Ports;
using SshFunctions.Support.Proofs.Histories;
using static SshFunctions.Store.Tests.Histories.Told;

namespace SshFunctions.Store.Tests.Histories;

/// <summary>The judge of the stores, judged: it takes what a store may answer, and finds what none may.</summary>
public sealed class LinearizabilityCheckerTests
{
    [Fact]
    public void Takes_one_after_the_other() => Takes(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Get(3, 4, "a", "v1", "1"),
        Commit(5, 6, [Replace("a", "2", "v1")], ["v2"]),
        Get(7, 8, "a", "v2", "2"),
        Commit(9, 10, [Delete("a", "v2")], [null]),
        Absent(11, 12, "a"));

    [Fact]
    public void Takes_either_answer_while_a_commit_is_under_way() => Takes(
        Commit(1, 10, [Insert("a", "1")], ["v1"]),
        Get(2, 5, "a", "v1", "1"),
        Absent(2, 4, "a"));

    [Fact]
    public void Takes_a_commit_of_unknown_outcome_that_happened_late_or_never()
    {
        Takes(Unknown(1, [Insert("a", "1")]), Absent(2, 3, "a"), Get(4, 5, "a", "v1", "1"));
        Takes(Unknown(1, [Insert("a", "1")]), Absent(2, 3, "a"));
        Takes(Unknown(1, [Insert("a", "1")]), Commit(2, 3, [Insert("a", "2")], ["v2"]), Get(4, 5, "a", "v2", "2"));
    }

    [Fact]
    public void Takes_a_list_that_is_no_snapshot() => Takes(
        Commit(1, 9, [Insert("a", "1"), Insert("b", "1")], ["v1", "v2"]),
        List(2, 8, ("b", "v2", "1")),
        Get(10, 11, "a", "v1", "1"));

    [Fact]
    public void Finds_a_stale_read() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Commit(3, 4, [Replace("a", "2", "v1")], ["v2"]),
        Get(5, 6, "a", "v1", "1"));

    [Fact]
    public void Finds_a_stale_list() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Commit(3, 4, [Delete("a", "v1")], [null]),
        List(5, 6, ("a", "v1", "1")));

    [Fact]
    public void Finds_two_reads_that_go_back() => Finds(
        Commit(1, 10, [Insert("a", "1")], ["v1"]),
        Get(2, 3, "a", "v1", "1"),
        Absent(4, 5, "a"));

    [Fact]
    public void Finds_a_lost_update() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Commit(3, 6, [Replace("a", "2", "v1")], ["v2"]),
        Commit(4, 5, [Replace("a", "3", "v1")], ["v3"]));

    [Fact]
    public void Finds_two_inserts_of_one_row() => Finds(
        Commit(1, 4, [Insert("a", "1")], ["v1"]),
        Commit(2, 3, [Insert("a", "2")], ["v2"]));

    [Fact]
    public void Finds_a_commit_that_happened_by_half()
    {
        Finds(Commit(1, 9, [Insert("a", "1"), Insert("b", "1")], ["v1", "v2"]), Get(2, 3, "a", "v1", "1"), Absent(4, 5, "b"));
        Finds(Unknown(1, [Insert("a", "1"), Insert("b", "1")]), Get(2, 3, "a", "v1", "1"), Absent(4, 5, "b"));
        Finds(Commit(1, 2, [Insert("a", "1"), Insert("b", "1")], ["v1", "v2"]), Absent(4, 5, "b"));
    }

    [Fact]
    public void Finds_a_conflict_that_happened_all_the_same() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Conflict(3, 4, [Replace("a", "2", "v1")], 0, ConflictReason.Stale),
        Get(5, 6, "a", "v2", "2"));

    [Fact]
    public void Finds_a_conflict_with_nothing() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Conflict(3, 4, [Replace("a", "2", "v1")], 0, ConflictReason.Stale));

    [Fact]
    public void Finds_a_conflict_told_of_the_wrong_change_or_for_the_wrong_reason()
    {
        HistoryOperation made = Commit(1, 2, [Insert("a", "1")], ["v1"]);
        Takes(made, Conflict(3, 4, [Insert("b", "1"), Insert("a", "2")], 1, ConflictReason.Exists));
        Finds(made, Conflict(3, 4, [Insert("b", "1"), Insert("a", "2")], 0, ConflictReason.Exists));
        Takes(made, Conflict(3, 4, [Replace("b", "2", "v9")], 0, ConflictReason.Missing));
        Finds(made, Conflict(3, 4, [Replace("b", "2", "v9")], 0, ConflictReason.Stale));
    }

    [Fact]
    public void Finds_a_commit_of_unknown_outcome_that_happened_twice() => Finds(
        Unknown(1, [Insert("a", "1")]),
        Get(2, 3, "a", "v1", "1"),
        Commit(4, 5, [Delete("a", "v1")], [null]),
        Get(6, 7, "a", "v1", "1"));

    [Fact]
    public void Finds_what_was_acknowledged_and_is_gone() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Absent(3, 4, "a"));

    [Fact]
    public void Finds_what_nobody_wrote() => Finds(Get(1, 2, "a", "v1", "1"));

    [Fact]
    public void Finds_a_version_that_comes_again() => Finds(
        Commit(1, 2, [Insert("a", "1")], ["v1"]),
        Commit(3, 4, [Delete("a", "v1")], [null]),
        Commit(5, 6, [Insert("a", "2")], ["v1"]));

    [Fact]
    public void Reads_what_it_wrote()
    {
        HistoryOperation[] operations =
        [
            Commit(1, 2, [Insert("a", "1"), Replace("b", "2", "7"), Delete("c", "8")], ["9", "10", null]), Unknown(3, [Insert("a", "1")]), Absent(4, 5, "a"),
            Get(6, 7, "a", "1", "2"), List(8, 9, ("a", "1", "2"), ("b", "3", "4")), Conflict(10, 11, [Insert("a", "1")], 0, ConflictReason.Exists),
        ];
        Assert.All(operations, operation => Assert.Equal(HistoryText.Of(operation), HistoryText.Of(HistoryText.Parse(HistoryText.Of(operation)))));
    }

    private static void Takes(params HistoryOperation[] operations) => Assert.Null(LinearizabilityChecker.FindFault(operations));

    private static void Finds(params HistoryOperation[] operations) => Assert.NotNull(LinearizabilityChecker.FindFault(operations));
}
