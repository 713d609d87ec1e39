using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Sessions;

namespace SshFunctions.App.Http.Contract;

/// <summary>What hosts tell, as the API reads it.</summary>
/// <remarks>
/// A host that told something odd would be stuck with it if it were refused, and an alarm would stay untold. So only what names the event
/// must be right; free texts are cut and cleaned instead.
/// </remarks>
internal static class SessionContract
{
    private const int MaximumCount = 100;
    private const int MaximumNameLength = 64;
    private const int MaximumTextLength = 500;
    private const string NameRule = "give 1 to 64 letters, digits and '-'";

    private static readonly Dictionary<string, SessionStep> Steps = new(StringComparer.Ordinal)
    {
        ["opened"] = SessionStep.Opened,
        ["closed"] = SessionStep.Closed,
        ["ended"] = SessionStep.Ended,
    };

    private static readonly Dictionary<string, SessionMethod> Methods = new(StringComparer.Ordinal)
    {
        ["certificate"] = SessionMethod.Certificate,
        ["key"] = SessionMethod.Key,
        ["passcode"] = SessionMethod.Passcode,
        ["other"] = SessionMethod.Other,
    };

    private static readonly Dictionary<string, int> AlarmKinds = new(StringComparer.Ordinal)
    {
        ["revocation-list"] = 0,
        ["trust-bundle"] = 0,
        ["configuration"] = 0,
        ["certificate"] = 0,
        ["session"] = 0,
    };

    public static Result<ImmutableArray<ToldSession>> ToSessions(RecordSessionsRequest request)
    {
        if (request.Events.Count is 0 or > MaximumCount)
            return new Refusal.Invalid("events", $"there are {request.Events.Count} events", $"send 1 to {MaximumCount}");
        ImmutableArray<ToldSession>.Builder sessions = ImmutableArray.CreateBuilder<ToldSession>(request.Events.Count);
        for (int i = 0; i < request.Events.Count; i++)
        {
            if (!ToSession(request.Events[i], $"events[{i}]").Try(out ToldSession? session, out Refusal? refusal)) return refusal;
            sessions.Add(session);
        }

        return sessions.ToImmutable();
    }

    public static Result<ImmutableArray<RaisedAlarm>> ToAlarms(ReportHostRequest request)
    {
        IReadOnlyList<HostAlarm> alarms = request.Alarms ?? [];
        if (alarms.Count > MaximumCount) return new Refusal.Invalid("alarms", $"there are more than {MaximumCount} alarms", "send the others with the next report");
        ImmutableArray<RaisedAlarm>.Builder raised = ImmutableArray.CreateBuilder<RaisedAlarm>(alarms.Count);
        for (int i = 0; i < alarms.Count; i++)
        {
            HostAlarm alarm = alarms[i];
            if (!IsName(alarm.Id)) return new Refusal.Invalid($"alarms[{i}].id", "it is no name of an alarm", NameRule);
            if (!Fields.Choose(alarm.Kind, $"alarms[{i}].kind", AlarmKinds).Try(out _, out Refusal? refusal)) return refusal;
            raised.Add(new RaisedAlarm(alarm.Id, alarm.Kind, Clean(alarm.Detail, MaximumTextLength), alarm.Time.ToUniversalTime()));
        }

        return raised.ToImmutable();
    }

    public static Result<HostState> ToState(ReportHostRequest request, DateTimeOffset now)
    {
        if (request.TrustVersion < 0) return new Refusal.Invalid("trustVersion", "it is less than 0", "send the version of the trust bundle in force");
        if (request.RevocationListVersion < 0) return new Refusal.Invalid("revocationListVersion", "it is less than 0", "send the version of the KRL in force");
        if (request.PasscodePort is < 1 or > 65535) return new Refusal.Invalid("passcodePort", "it is no port", "send 1 to 65535, or nothing for every port");
        return new HostState(
            now,
            request.TrustVersion,
            request.RevocationListVersion,
            Clean(request.SshdVersion, HostEnrollment.MaximumVersionLength),
            Clean(request.SshfnVersion, MaximumNameLength),
            request.Passcodes,
            request.Passcodes ? request.PasscodePort : null);
    }

    private static Result<ToldSession> ToSession(SessionEvent told, string field)
    {
        if (!IsName(told.Session)) return new Refusal.Invalid($"{field}.session", "it is no name of a session", NameRule);
        if (!Fields.Choose(told.Event, $"{field}.event", Steps).Try(out SessionStep step, out Refusal? refusal)
            || !Fields.Choose(told.Method, $"{field}.method", Methods).Try(out SessionMethod method, out refusal))
            return refusal;
        return new ToldSession(
            told.Session,
            step,
            told.Time.ToUniversalTime(),
            Clean(told.Login, MaximumTextLength),
            method,
            told.SourceAddress is { } source ? Clean(source, MaximumNameLength) : null,
            told.Certificate,
            told.Key,
            told.Serial,
            told.Reason is { } reason ? Clean(reason, MaximumTextLength) : null);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaximumNameLength && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '-');

    private static string Clean(string text, int most) => new([.. text.Take(most).Select(unit => char.IsControl(unit) || char.IsSurrogate(unit) ? '\u00B7' : unit)]);
}
