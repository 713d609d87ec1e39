using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>The checked values of all sources, the strongest source of each setting only.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<Setting, IReadOnlyList<SettingValue>> _values;

    private SettingValues(Dictionary<Setting, IReadOnlyList<SettingValue>> values) => _values = values;

    public bool Has(Setting setting) => _values.ContainsKey(setting);

    public T Get<T>(Setting<T> setting, T whenAbsent)
        where T : notnull =>
        _values.TryGetValue(setting, out IReadOnlyList<SettingValue>? values) ? setting.Parse(values[^1].Text) : whenAbsent;

    public IReadOnlyList<T> GetAll<T>(Setting<T> setting)
        where T : notnull =>
        _values.TryGetValue(setting, out IReadOnlyList<SettingValue>? values) ? [.. values.Select(value => setting.Parse(value.Text))] : [];

    /// <summary>Merges the command line over the environment over the file that either of them names.</summary>
    public static Result<SettingValues> Merge(SettingSource commandLine, Func<string, string?> environment)
    {
        SettingSource variables = FromEnvironment(environment);
        var file = new SettingSource();
        SettingValue? path = commandLine[BrokerSettings.Config].Concat(variables[BrokerSettings.Config]).FirstOrDefault();
        if (path is not null)
        {
            if (!SettingsFile.Read(path.Text).Try(out SettingSource? read, out Refusal? unreadable))
                return unreadable;
            file = read;
        }

        var merged = new Dictionary<Setting, IReadOnlyList<SettingValue>>();
        foreach (Setting setting in BrokerSettings.All)
        {
            IReadOnlyList<SettingValue> strongest = commandLine[setting] is { Count: > 0 } given ? given
                : variables[setting] is { Count: > 0 } set ? set
                : file[setting];
            if (Wrong(setting, strongest) is { } refusal)
                return refusal;
            if (strongest.Count > 0)
                merged.Add(setting, strongest);
        }

        return new SettingValues(merged);
    }

    private static SettingSource FromEnvironment(Func<string, string?> environment)
    {
        var source = new SettingSource();
        foreach (Setting setting in BrokerSettings.All)
            foreach (string text in Split(setting, environment(setting.EnvironmentVariable)))
                source.Add(setting, text, setting.EnvironmentVariable);
        return source;
    }

    // An empty variable counts as absent: unit files and containers often set one that way.
    private static string[] Split(Setting setting, string? text) =>
        string.IsNullOrEmpty(text) ? []
        : setting.Repeatable ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [text];

    private static Refusal.Invalid? Wrong(Setting setting, IReadOnlyList<SettingValue> values)
    {
        if (values.Count > 1 && !setting.Repeatable)
            return new Refusal.Invalid(setting.Name, $"{values[0].Origin} is given {values.Count} times", $"give it once, as in {setting.Example}");
        foreach (SettingValue value in values)
            if (setting.Check(value.Text) is { } refusal)
                return new Refusal.Invalid(setting.Name, $"{value.Origin} {(setting.Confidential ? "" : $"\"{value.Text}\" ")}{refusal.Detail}", $"for example {setting.Example}");
        return null;
    }
}
