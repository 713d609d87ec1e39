namespace SshFunctions.Support.Functions;

/// <summary>What the host reads from a handler's answer to an invocation. Named as on the wire.</summary>
internal sealed class HostReply
{
    public IDictionary<string, object>? Outputs { get; set; }

    public IList<string>? Logs { get; set; }

    public object? ReturnValue { get; set; }
}
