using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Access;

/// <summary>Which access is wanted, for whom, how long and why.</summary>
/// <param name="Path">Where: a project, an environment or a resource.</param>
/// <param name="Requester">Who gets the access.</param>
/// <param name="Role">What it gives; null for developer. Never admin.</param>
/// <param name="Logins">Unix accounts; null for every login.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else; null for no such limit.</param>
/// <param name="Permissions">What a session may do.</param>
/// <param name="Duration">How long, counted from when the access is given.</param>
/// <param name="Reason">Why, in one line of at most <see cref="MaximumReasonLength"/> characters.</param>
/// <param name="Ticket">The ticket it belongs to; null for none.</param>
/// <param name="PublicKey">A public key that enters while the access lasts, as the line of a .pub file; null for none.</param>
public sealed record AccessRequestOrder(
    ResourcePath Path,
    Subject Requester,
    Role? Role,
    ImmutableArray<LoginRule>? Logins,
    SftpFolder? SftpFolder,
    ImmutableArray<Permission> Permissions,
    TimeSpan Duration,
    string Reason,
    TicketReference? Ticket = null,
    string? PublicKey = null)
{
    /// <summary>Most characters of a reason.</summary>
    public const int MaximumReasonLength = 500;

    /// <summary>Most logins.</summary>
    public const int MaximumLoginCount = 20;

    /// <summary>Shortest duration.</summary>
    public static TimeSpan MinimumDuration { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether it is an emergency that shall not wait for an approval and is looked into afterwards.</summary>
    public bool BreakGlass { get; init; }

    /// <summary>How wide it is.</summary>
    [JsonIgnore]
    public AccessShape Shape => SftpFolder is not null ? AccessShape.SftpFolder : Logins is not null ? AccessShape.Logins : AccessShape.Role;

    /// <summary>The role that it gives.</summary>
    [JsonIgnore]
    public Role GivenRole => Role ?? Policy.Role.Developer;

    internal Refusal.Invalid? FindFault()
    {
        if (FreeText.FaultOf(Reason, "reason", MaximumReasonLength, required: true) is { } reason) return reason;
        if (Ticket?.FindFault() is { } ticket) return ticket;
        if (Path.Depth == 0) return new("path", "nobody is given everything by a request", "name a project, an environment or a resource");
        if (Role is Policy.Role.Admin) return new("role", "admin is not given by a request", "ask for developer or manager");
        if (Duration < MinimumDuration) return new("durationSeconds", "the duration is too short", $"give at least {MinimumDuration.TotalSeconds} seconds");
        if (Permissions.IsDefault || Permissions.Length != Permissions.Distinct().Count())
            return new("permissions", "a permission stands twice", "name each once");
        return Logins is { } logins && (logins.IsDefaultOrEmpty || logins.Length > MaximumLoginCount)
            ? new("logins", "there are no logins, or too many", $"name 1 to {MaximumLoginCount}, or none at all for every login")
            : null;
    }
}
