using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Connect;

/// <summary>This process's arguments as bytes in Latin-1, so that they can be read here and passed on unchanged.</summary>
internal static class OwnArguments
{
    /// <summary>Those behind this program and the name of the command.</summary>
    internal static IReadOnlyList<string> Read() => [.. Programs.RawArguments().Skip(2).Select(Encoding.Latin1.GetString)];

    internal static string OfText(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    internal static string ToText(string argument) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(argument));
}
