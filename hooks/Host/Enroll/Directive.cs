namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>One setting of sshd.</summary>
/// <param name="Keyword">As sshd_config(5) spells it.</param>
/// <param name="Value">As it is written, and as <c>sshd -T</c> must repeat it.</param>
/// <param name="IsOneOfMany">Whether sshd collects these; of all others it takes the first.</param>
internal sealed record Directive(string Keyword, string Value, bool IsOneOfMany = false)
{
    internal bool IsIn(EffectiveConfig config) =>
        IsOneOfMany ? config.All(Keyword).Contains(Value) : config.Is(Keyword, Value);

    public override string ToString() => $"{Keyword} {Value}";
}
