using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>One row of <see cref="BrokerSettings"/>: an option, its environment variable and its key in the configuration file.</summary>
internal abstract class Setting(string name, string? valueHint, string help, string? example)
{
    /// <summary>The option without its dashes, and the key in the file.</summary>
    public string Name { get; } = name;

    /// <summary>What the help shows for the value; null for a flag.</summary>
    public string? ValueHint { get; } = valueHint;

    public string Help { get; } = help;

    /// <summary>Whether the option may be given several times, and be an array in the file.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether a wrong value may be a secret that was put in the wrong place: no refusal repeats it.</summary>
    public bool Confidential { get; init; }

    public string EnvironmentVariable { get; } = "SSHFN_BROKER_" + name.ToUpperInvariant().Replace('-', '_');

    /// <summary>What the hint of a refusal shows.</summary>
    public string Example => example is null ? $"--{Name}" : $"--{Name} {example}";

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public abstract Refusal? Check(string text);
}
