using System.Text;

namespace SshFunctions.Hooks.Outside;

/// <summary>Standard output for a library that wants a writer.</summary>
internal sealed class OutputWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => StandardStream.Output(value.ToString());

    public override void Write(string? value) => StandardStream.Output(value ?? "");

    public override void Write(char[] buffer, int index, int count) => StandardStream.Output(new string(buffer, index, count));
}
