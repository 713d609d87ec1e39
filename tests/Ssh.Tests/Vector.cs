namespace SshFunctions.Ssh.Tests;

/// <summary>Golden files made by ssh-keygen; tests/Vectors/ssh/make.sh remakes them.</summary>
internal static class Vector
{
    public static string Text(string name) => File.ReadAllText(PathOf(name));

    public static string Line(string name) => Text(name).TrimEnd('\n');

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Vectors", "ssh", name);
}
