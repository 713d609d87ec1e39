using System.Globalization;
using System.Text.RegularExpressions;
using SshFunctions.Architecture.Tests.Product;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;

namespace SshFunctions.Architecture.Tests.Infrastructure;

/// <summary>What an operator reads in a bad hour is true: its commands and parameters exist, its sums add up.</summary>
public sealed partial class RunbookTests(BicepFiles files) : IClassFixture<BicepFiles>
{
    private const string Runbook = "infra/RUNBOOK.md";

    [Fact(Timeout = 120_000)]
    public async Task Every_command_of_sshfn_that_the_runbook_gives_is_one()
    {
        // What the broker can't do yet is named on a line that says so.
        var commands = Repository.ReadLines(Runbook).Where(line => !line.Contains("not yet", StringComparison.OrdinalIgnoreCase))
            .SelectMany(line => SshfnCommand().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("host unenroll", commands);
        foreach (string command in commands)
        {
            ProcessRun help = await ProcessRun.ToEndAsync(ProductProgram.Sshfn.Path, [.. command.Split(' '), "--help"]);
            Assert.True(help.ExitCode == 0 && help.Output.Contains($"sshfn {command}", StringComparison.Ordinal), command);
        }
    }

    [Fact]
    public void Every_parameter_that_a_page_names_is_one()
    {
        var named = new[] { Runbook, "infra/COST.md" }.SelectMany(Repository.ReadLines)
            .SelectMany(line => Parameter().Matches(line)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.Contains("vaultRetentionDays", named);
        Assert.Empty(named.Except(files.Main.Parameters.Select(one => one.Name)));
    }

    [Fact]
    public void Every_option_of_the_deploy_script_that_the_runbook_gives_is_one()
    {
        string help = File.ReadAllText(Repository.PathOf("infra/deploy.sh"));
        var options = Repository.ReadLines(Runbook).SelectMany(line => DeployCommand().Matches(line))
            .SelectMany(match => match.Value.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal))).Distinct().ToList();

        Assert.Contains("--remove", options);
        Assert.All(options, option => Assert.Contains($"\n  {option}", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("| executions |", 3)]
    [InlineData("| executions |", 4)]
    [InlineData("| log alerts,", 3)]
    public void The_estimate_adds_up(string first, int column)
    {
        var rows = Repository.ReadLines("infra/COST.md").SkipWhile(line => !line.StartsWith(first, StringComparison.Ordinal)).ToList();
        int end = rows.FindIndex(line => line.StartsWith("| **sum**", StringComparison.Ordinal));

        decimal sum = rows[..end].Sum(row => Dollars(row, column));
        Assert.InRange(Dollars(rows[end], column), sum - 0.01m, sum + 0.01m);
    }

    private static decimal Dollars(string row, int column) =>
        decimal.Parse(Amount().Match(row.Split('|')[column]).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"`?sshfn ([a-z]+(?:-[a-z]+)*(?: (?:list|put|remove|create|rotate|token|enroll|unenroll|off|on))?)\b")]
    private static partial Regex SshfnCommand();

    [GeneratedRegex(@"`([a-z]+[A-Z][A-Za-z]+)`")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"deploy\.sh [^`]*")]
    private static partial Regex DeployCommand();

    [GeneratedRegex(@"\$(\d+\.\d+)")]
    private static partial Regex Amount();
}
