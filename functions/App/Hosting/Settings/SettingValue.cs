namespace SshFunctions.App.Hosting.Settings;

/// <summary>One value as its source gave it.</summary>
/// <param name="Text">The value.</param>
/// <param name="Origin">How a refusal names the place: the option, the environment variable, or the key and the file.</param>
internal sealed record SettingValue(string Text, string Origin);
