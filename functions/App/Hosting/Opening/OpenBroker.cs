using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Hosting.Opening;

/// <summary>What every function of a broker needs, once store and keys were reached.</summary>
/// <param name="Store">Where everything lies.</param>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="JournalKey">Signs what the broker states about itself.</param>
/// <param name="Journal">This instance's place in the journal.</param>
/// <param name="Trusted">The public keys in force.</param>
internal sealed record OpenBroker(
    IStore Store,
    ICertificateSigner UserCa,
    ICertificateSigner HostCa,
    IStatementSigner JournalKey,
    JournalWriter Journal,
    TrustedKeys Trusted);
