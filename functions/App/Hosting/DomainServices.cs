using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Http;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Sessions;

namespace SshFunctions.App.Hosting;

/// <summary>The domain over its ports, whatever backend they have.</summary>
internal static class DomainServices
{
    public static void Register(
        IServiceCollection services,
        IStore store,
        ICertificateSigner userCa,
        ICertificateSigner hostCa,
        IStatementSigner journalKey,
        JournalWriter journal,
        CertificateLimits limits)
    {
        services.AddSingleton(store);
        // Never as signers: each can then be asked for its own type of certificate only.
        services.AddSingleton(provider => new UserCa(userCa, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new HostCa(hostCa, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(journalKey);
        // As an instance: the container then leaves it to who opened the store, who disposes it after the last request.
        services.AddSingleton(journal);
        services.AddSingleton(limits);
        services.AddSingleton<JournalReader>();
        services.AddSingleton<ResourceTree>();
        services.AddSingleton<GrantRegistry>();
        services.AddSingleton<Authority>();
        services.AddSingleton<TreeRemoval>();
        services.AddSingleton<AccessTokenRegistry>();
        services.AddSingleton<SignInChallenges>();
        services.AddSingleton<SshKeySignIn>();
        services.AddSingleton<HostRegistry>();
        services.AddSingleton<EnrollmentTokenRegistry>();
        services.AddSingleton<HostEnrollment>();
        services.AddSingleton<HostRemoval>();
        services.AddSingleton<HostRevoker>();
        services.AddSingleton<HostCertificateAuthority>();
        services.AddSingleton<HostReporting>();
        services.AddSingleton<SessionExplainer>();
        services.AddSingleton<SessionRecorder>();
        services.AddSingleton<Bootstrap>();
        services.AddSingleton<RevocationSignal>();
        services.AddSingleton<RevocationWatch>();
        services.AddSingleton<RevocationRegistry>();
        services.AddSingleton<KeyRegistry>();
        services.AddSingleton<AccessEvaluator>();
        services.AddSingleton<KeyAccess>();
        services.AddSingleton<CertificateAuthority>();
        services.AddSingleton<TunnelCertificateAuthority>();
        services.AddSingleton<GitPasswordRegistry>();
        services.AddSingleton<PasscodeRegistry>();
        services.AddSingleton(provider => new SpentCertificates(
            store,
            provider.GetRequiredService<JournalReader>(),
            journal,
            provider.GetRequiredService<RevocationRegistry>(),
            userCa.PublicKey,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccessRevoker(
            provider.GetRequiredService<RevocationRegistry>(),
            provider.GetRequiredService<GrantRegistry>(),
            provider.GetRequiredService<PasscodeRegistry>(),
            provider.GetRequiredService<JournalReader>(),
            CertificateLimits.LongestMaximumLifetime,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RevocationListPublisher(
            provider.GetRequiredService<RevocationRegistry>(),
            journalKey,
            userCa.PublicKey,
            hostCa.PublicKey,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RevocationPublication>();
        services.AddSingleton<RevocationTargets>();
        services.AddSingleton<SpentTokens>();
        services.AddSingleton<WebTokenAuthenticator>();
        services.AddSingleton<ICallerAuthenticator, CallerAuthenticator>();
    }
}
