namespace SshFunctions.Ssh.Wire;

/// <summary>Bytes that are not what the format says they must be.</summary>
/// <remarks>The only exception a parser of this library raises for malformed input.</remarks>
public sealed class SshFormatException : FormatException
{
    /// <summary>Describes malformed input.</summary>
    /// <param name="field">The field that is wrong, in the words of its specification.</param>
    /// <param name="offset">Where the field starts, in bytes from the start of what was parsed.</param>
    /// <param name="problem">What is wrong: a clause that follows the field's name.</param>
    public SshFormatException(string field, int offset, string problem)
        : base($"The {field} {problem} (byte {offset}).")
    {
        Field = field;
        Offset = offset;
    }

    /// <summary>The field that is wrong, in the words of its specification.</summary>
    public string Field { get; }

    /// <summary>Where the field starts, in bytes from the start of what was parsed.</summary>
    public int Offset { get; }
}
