using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>How signing keys are rotated.</summary>
internal static partial class BrokerSettings
{
    public static readonly Setting<int> RotateUserCaDays = new(
        "rotate-user-ca-days", "COUNT", "Rotate the user CA key when it is so many days old; default never", "90", SettingParsers.WholeNumber(2, 3650));

    // What a host CA key signs counts for 30 days, and clients are given a week.
    public static readonly Setting<int> RotateHostCaDays = new(
        "rotate-host-ca-days", "COUNT", "Rotate the host CA key when it is so many days old; default never", "365", SettingParsers.WholeNumber(60, 3650));

    public static readonly Setting<int> RotateJournalKeyDays = new(
        "rotate-journal-key-days", "COUNT", "Rotate the journal key when it is so many days old; default never", "365", SettingParsers.WholeNumber(14, 3650));

    public static readonly Setting<int> RotationSharePercent = new(
        "rotation-share-percent", "COUNT", "Share of the reporting hosts that must hold a new key before it signs; default 100", "100", SettingParsers.WholeNumber(1, 100));

    public static readonly Setting<int> RotationSilentDays = new(
        "rotation-silent-days", "COUNT", "Days without a report after which a host counts as silent; default 7", "7", SettingParsers.WholeNumber(1, 365));

    public static readonly Setting<bool> RotationCutsOffSilentHosts = new(
        "rotation-cuts-off-silent-hosts", null, "Rotate although hosts are silent; else they hold it up", null, SettingParsers.Flag);

    public static readonly Setting<int> RotationHostCaNoticeDays = new(
        "rotation-host-ca-notice-days", "COUNT", "Days that clients are given to learn of a new host CA key; default 7", "7", SettingParsers.WholeNumber(0, 365));

    public static readonly Setting<int> RotationHandHostsHours = new(
        "rotation-hand-hosts-hours", "COUNT", "Hours that a new key is published before it signs where no host reports, for hosts set up by hand; default 24", "24", SettingParsers.WholeNumber(0, 8760));

    public static RotationRules RotationFrom(SettingValues values)
    {
        (KeyPurpose, Setting<int>)[] schedules =
            [(KeyPurpose.UserCa, RotateUserCaDays), (KeyPurpose.HostCa, RotateHostCaDays), (KeyPurpose.Journal, RotateJournalKeyDays)];
        return new RotationRules
        {
            SharePercent = values.Get(RotationSharePercent, 100),
            SilentAfter = TimeSpan.FromDays(values.Get(RotationSilentDays, 7)),
            CutsOffSilentHosts = values.Get(RotationCutsOffSilentHosts, false),
            HostCaNotice = TimeSpan.FromDays(values.Get(RotationHostCaNoticeDays, 7)),
            HandHostsNotice = TimeSpan.FromHours(values.Get(RotationHandHostsHours, 24)),
            Schedule = schedules.Where(schedule => values.Has(schedule.Item2)).ToDictionary(schedule => schedule.Item1, schedule => TimeSpan.FromDays(values.Get(schedule.Item2, 0))),
        };
    }
}
