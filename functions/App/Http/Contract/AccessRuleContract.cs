using System.Collections.Immutable;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http.Contract;

/// <summary>Rules of access requests as the API reads and writes them.</summary>
internal static class AccessRuleContract
{
    private const string HolderRule = "a holder is subject=NAME or group=NAME";
    private const string TimeFormat = "HH:mm";

    private static readonly Dictionary<string, AccessShape> Shapes = new(StringComparer.Ordinal)
    {
        ["role"] = AccessShape.Role,
        ["logins"] = AccessShape.Logins,
        ["sftp-folder"] = AccessShape.SftpFolder,
    };

    private static readonly Dictionary<string, DayOfWeek> Days = new(StringComparer.Ordinal)
    {
        ["monday"] = DayOfWeek.Monday,
        ["tuesday"] = DayOfWeek.Tuesday,
        ["wednesday"] = DayOfWeek.Wednesday,
        ["thursday"] = DayOfWeek.Thursday,
        ["friday"] = DayOfWeek.Friday,
        ["saturday"] = DayOfWeek.Saturday,
        ["sunday"] = DayOfWeek.Sunday,
    };

    public static Result<AccessRule> ToRule(ResourcePath path, AccessRuleRequest request)
    {
        if (!HoldersOf(request.Approvers, "approvers").Try(out ImmutableArray<Holder> approvers, out Refusal? refusal)
            || !HoldersOf(request.Requesters, "requesters").Try(out ImmutableArray<Holder> requesters, out refusal)
            || !HoldersOf(request.BreakGlass, "breakGlass").Try(out ImmutableArray<Holder> breakGlass, out refusal)
            || !ChooseAll(request.Shapes ?? [], "shapes", Shapes).Try(out ImmutableArray<AccessShape> shapes, out refusal)
            || !GrantContract.RoleOf(request.HighestRole ?? "developer", "highestRole").Try(out Role role, out refusal))
            return refusal;
        AutoApproval? auto = null;
        if (request.AutoApproval is { } wanted && !ToAutoApproval(wanted).Try(out auto, out refusal)) return refusal;
        return new AccessRule(
            path,
            approvers,
            request.Approvals ?? 1,
            request.LongestDurationSeconds is { } longest ? TimeSpan.FromSeconds(longest) : AccessRule.DefaultDuration,
            request.PendingLifeSeconds is { } life ? TimeSpan.FromSeconds(life) : AccessRule.DefaultPendingLife)
        {
            Requesters = request.Requesters is null ? null : requesters,
            AutoApproval = auto,
            BreakGlass = breakGlass,
            Shapes = shapes,
            HighestRole = role,
        };
    }

    public static AccessRuleResponse Of(AccessRule rule) => new(
        rule.Path.Text,
        TextsOf(rule.Approvers),
        rule.ApprovalsNeeded,
        (int)rule.LongestDuration.TotalSeconds,
        (int)rule.PendingLife.TotalSeconds,
        rule.Requesters is { } requesters ? TextsOf(requesters) : null,
        rule.AutoApproval is { } auto ? Of(auto) : null,
        TextsOf(rule.BreakGlass),
        [.. rule.Shapes.Select(shape => Shapes.Single(word => word.Value == shape).Key)],
        GrantContract.WordOf(rule.HighestRole));

    private static AccessAutoApproval Of(AutoApproval auto) => new(
        TextsOf(auto.Holders),
        [.. auto.Windows.Select(Of)],
        auto.LongestDuration is { } longest ? (int)longest.TotalSeconds : null);

    private static Api.AccessWindow Of(Core.Access.AccessWindow window) => new(
        [.. window.Days.Select(day => Days.Single(word => word.Value == day).Key)],
        window.From.ToString(TimeFormat, CultureInfo.InvariantCulture),
        window.To.ToString(TimeFormat, CultureInfo.InvariantCulture),
        window.TimeZone);

    private static string[] TextsOf(ImmutableArray<Holder> holders) => [.. holders.Select(holder => holder.ToString())];

    private static Result<ImmutableArray<Holder>> HoldersOf(IReadOnlyList<string>? texts, string field) =>
        Fields.ParseAll<Holder>(texts ?? [], field, HolderRule, AccessRule.MaximumListLength);

    private static Result<AutoApproval> ToAutoApproval(AccessAutoApproval auto)
    {
        if (!HoldersOf(auto.Holders, "autoApproval.holders").Try(out ImmutableArray<Holder> holders, out Refusal? refusal)) return refusal;
        IReadOnlyList<Api.AccessWindow> given = auto.Windows ?? [];
        if (given.Count > AccessRule.MaximumListLength)
            return new Refusal.Invalid("autoApproval.windows", $"there are more than {AccessRule.MaximumListLength} of them", "name fewer");
        ImmutableArray<Core.Access.AccessWindow>.Builder windows = ImmutableArray.CreateBuilder<Core.Access.AccessWindow>(given.Count);
        for (int i = 0; i < given.Count; i++)
        {
            if (!ToWindow(given[i], $"autoApproval.windows[{i}]").Try(out Core.Access.AccessWindow? window, out refusal)) return refusal;
            windows.Add(window);
        }

        TimeSpan? longest = auto.LongestDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return new AutoApproval(holders, windows.ToImmutable(), longest);
    }

    private static Result<Core.Access.AccessWindow> ToWindow(Api.AccessWindow window, string field)
    {
        if (!ChooseAll(window.Days ?? [], $"{field}.days", Days).Try(out ImmutableArray<DayOfWeek> days, out Refusal? refusal)
            || !ToTime(window.From, $"{field}.from").Try(out TimeOnly from, out refusal)
            || !ToTime(window.To, $"{field}.to").Try(out TimeOnly to, out refusal))
            return refusal;
        return new Core.Access.AccessWindow(days, from, to, window.TimeZone);
    }

    private static Result<TimeOnly> ToTime(string? text, string field) =>
        TimeOnly.TryParseExact(text ?? "00:00", TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
            ? time
            : new Refusal.Invalid(field, "that is no time of the day", "write it as HH:mm, from 00:00 to 23:59");

    private static Result<ImmutableArray<T>> ChooseAll<T>(IReadOnlyList<string> words, string field, IReadOnlyDictionary<string, T> all)
        where T : struct
    {
        if (words.Count > all.Count) return new Refusal.Invalid(field, $"there are more than {all.Count} {field}", "name each once");
        ImmutableArray<T>.Builder values = ImmutableArray.CreateBuilder<T>(words.Count);
        foreach (string word in words)
        {
            if (!Fields.Choose(word, field, all).Try(out T value, out Refusal? refusal)) return refusal;
            if (!values.Contains(value)) values.Add(value);
        }

        return values.ToImmutable();
    }
}
