using SshFunctions.Core.Journal;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>One forwarder, checked.</summary>
internal sealed record ForwarderProfile(string Name, JournalSelection Selection, TargetProfile Target);
