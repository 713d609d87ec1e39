using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Where the broker's first signing keys are; null for the one of the data directory, which is made at the first start.</summary>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="Journal">Signs the KRL and the journal's checkpoints.</param>
/// <remarks>Where a rotation went on from them, the key ring says.</remarks>
internal sealed record KeyProfile(KeyLocation? UserCa, KeyLocation? HostCa, KeyLocation? Journal)
{
    /// <summary>Every one that is named.</summary>
    public IReadOnlyDictionary<KeyPurpose, KeyLocation> Named => new[] { (KeyPurpose.UserCa, UserCa), (KeyPurpose.HostCa, HostCa), (KeyPurpose.Journal, Journal) }
        .Where(key => key.Item2 is not null)
        .ToDictionary(key => key.Item1, key => key.Item2!);

    /// <summary>The location for a purpose.</summary>
    public KeyLocation? Of(KeyPurpose purpose) => Named.GetValueOrDefault(purpose);

    public static KeyProfile From(SettingValues values) => new(Find(values, BrokerSettings.UserCa), Find(values, BrokerSettings.HostCa), Find(values, BrokerSettings.JournalKey));

    private static KeyLocation? Find(SettingValues values, Setting<KeyLocation> setting) => values.Has(setting) ? values.Get(setting, null!) : null;
}
