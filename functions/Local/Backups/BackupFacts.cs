namespace SshFunctions.Local.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="Made">UTC; everything that was answered before is in it.</param>
/// <param name="DocumentCount">Documents of the store, journal entries among them.</param>
/// <param name="Files">Names of the files in the folder of keys, in ordinal order.</param>
public sealed record BackupFacts(DateTimeOffset Made, long DocumentCount, IReadOnlyList<string> Files);
