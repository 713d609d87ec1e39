using SshFunctions.Core;

namespace SshFunctions.App.Commands;

/// <summary>The <c>--name VALUE</c> pairs of a command that is not <c>serve</c>, and its <c>--json</c>.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Whether the answer is for a program.</summary>
    public bool Json { get; private set; }

    public string this[string name] => _values[name];

    /// <summary>Reads them: each once, all of them, and no other.</summary>
    /// <param name="args">What follows the command's name.</param>
    /// <param name="names">Every value that the command needs.</param>
    /// <param name="usage">How it is written, for the refusal.</param>
    /// <param name="otherwise">What counts where a value is not given.</param>
    public static Result<NamedValues> Read(IReadOnlyList<string> args, string[] names, string usage, params (string Name, string? Value)[] otherwise)
    {
        var read = new NamedValues();
        for (int at = 0; at < args.Count; at++)
        {
            if (args[at] == "--json" && !read.Json)
            {
                read.Json = true;
                continue;
            }

            int equals = args[at].IndexOf('=', StringComparison.Ordinal);
            string option = equals < 0 ? args[at] : args[at][..equals];
            string? value = equals >= 0 ? args[at][(equals + 1)..] : at + 1 < args.Count ? args[++at] : null;
            if (Array.Find(names, name => $"--{name}" == option) is not { } known)
                return new Refusal.Invalid(null, $"unexpected argument \"{option}\"", usage);
            if (string.IsNullOrEmpty(value) || !read._values.TryAdd(known, value))
                return new Refusal.Invalid(known, $"{option} needs one value", usage);
        }

        foreach ((string name, string? value) in otherwise)
        {
            if (!string.IsNullOrEmpty(value)) read._values.TryAdd(name, value);
        }

        return Array.Find(names, name => !read._values.ContainsKey(name)) is { } missing
            ? new Refusal.Invalid(missing, $"--{missing} is missing", usage)
            : read;
    }
}
