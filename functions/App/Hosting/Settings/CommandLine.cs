using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Splits <c>--name value</c>, <c>--name=value</c> and flags by the table of <see cref="BrokerSettings"/>.</summary>
internal static class CommandLine
{
    private const string SeeHelp = "sshfn-broker --help lists the commands and options";

    public static Result<SettingSource> Parse(IReadOnlyList<string> arguments)
    {
        var source = new SettingSource();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                return new Refusal.Invalid(null, $"unexpected argument \"{argument}\"", SeeHelp);

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument[2..] : argument[2..equals];
            if (BrokerSettings.Find(name) is not { } setting)
                return new Refusal.Invalid(name, $"unknown option --{name}", SeeHelp);

            string? text = equals >= 0 ? argument[(equals + 1)..] : setting.ValueHint is null ? "true" : i + 1 < arguments.Count ? arguments[++i] : null;
            if (text is null)
                return new Refusal.Invalid(name, $"--{name} needs a value", $"for example {setting.Example}");
            source.Add(setting, text, $"--{name}");
        }

        return source;
    }
}
