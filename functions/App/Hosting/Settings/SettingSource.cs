namespace SshFunctions.App.Hosting.Settings;

/// <summary>What one source says: the command line, the environment or a file. Unchecked; in the order it was written.</summary>
internal sealed class SettingSource
{
    private readonly Dictionary<Setting, List<SettingValue>> _values = [];

    public IReadOnlyList<SettingValue> this[Setting setting] => _values.TryGetValue(setting, out List<SettingValue>? values) ? values : [];

    public void Add(Setting setting, string text, string origin)
    {
        if (!_values.TryGetValue(setting, out List<SettingValue>? values))
            _values.Add(setting, values = []);
        values.Add(new SettingValue(text, origin));
    }
}
