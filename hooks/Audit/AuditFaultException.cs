namespace SshFunctions.Hooks.Audit;

/// <summary>Ends the reading of a journal at its first fault; caught where the reading began.</summary>
internal sealed class AuditFaultException(AuditFault fault) : Exception(fault.Text)
{
    internal AuditFault Fault { get; } = fault;

    internal static AuditFaultException At(string kind, long segment, int index, string text) =>
        new(new AuditFault(kind, $"{text} (serial {((ulong)segment << 16) | (uint)index})", segment, index));

    internal static AuditFaultException Of(string kind, string text, string? hint = null) => new(new AuditFault(kind, text, Hint: hint));
}
