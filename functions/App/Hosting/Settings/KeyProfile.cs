namespace SshFunctions.App.Hosting.Settings;

/// <summary>Where the signing keys are; null for the one of the data directory, which is made at the first start.</summary>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="Journal">Signs the KRL and the journal's checkpoints.</param>
internal sealed record KeyProfile(KeyLocation? UserCa, KeyLocation? HostCa, KeyLocation? Journal)
{
    /// <summary>Every one that is named.</summary>
    public IEnumerable<KeyLocation> Named => new[] { UserCa, HostCa, Journal }.OfType<KeyLocation>();

    public static KeyProfile From(SettingValues values) => new(Find(values, BrokerSettings.UserCa), Find(values, BrokerSettings.HostCa), Find(values, BrokerSettings.JournalKey));

    private static KeyLocation? Find(SettingValues values, Setting<KeyLocation> setting) => values.Has(setting) ? values.Get(setting, null!) : null;
}
