using Microsoft.Extensions.DependencyInjection.Extensions;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Hosting.Outbound;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Http;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Core.Sessions;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Hosting;

/// <summary>The domain over its ports, whatever backend they have.</summary>
internal static class DomainServices
{
    /// <param name="services">Where they are offered.</param>
    /// <param name="limits">Bounds of every certificate.</param>
    /// <param name="broker">Store and keys; asked when the first function needs them, which is after they were opened.</param>
    /// <param name="keepJournal">How long journal segments are kept; null for ever.</param>
    public static void Register(
        IServiceCollection services, CertificateLimits limits, Func<IServiceProvider, OpenBroker> broker, TimeSpan? keepJournal = null)
    {
        services.AddSingleton(provider => broker(provider).Store);
        AddSigningKeys(services, broker);
        services.AddSingleton(provider =>
        {
            // Asked for first, so that the container disposes the store after the journal.
            provider.GetRequiredService<IStore>();
            return OutboundServices.Watched(broker(provider).Journal, provider);
        });
        OutboundServices.Register(services);
        services.AddSingleton<TicketRefusals>();
        services.AddSingleton<TicketIntake>();
        services.AddSingleton(provider => new TicketReceiver(
            provider.GetRequiredService<BrokerProfile>().Tickets,
            provider.GetRequiredService<TicketIntake>(),
            provider.GetRequiredService<TicketRefusals>(),
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JournalMaintenance>();
        services.AddSingleton<CheckpointReader>();
        services.AddSingleton<JournalSealer>();
        services.AddSingleton<JournalProver>();
        services.AddSingleton<JournalExport>();
        services.AddSingleton<JournalWatch>();
        services.AddSingleton<AccessDeeds>();
        services.AddSingleton<AccessReach>();
        services.AddSingleton(provider => new JournalRetention(
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<JournalWriter>(),
            provider.GetRequiredService<CheckpointReader>(),
            provider.GetRequiredService<TimeProvider>(),
            keepJournal));
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
        services.AddSingleton<SharedHostKeys>();
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
            provider.GetRequiredService<IStore>(),
            provider.GetRequiredService<JournalReader>(),
            provider.GetRequiredService<JournalWriter>(),
            provider.GetRequiredService<RevocationRegistry>(),
            provider.GetRequiredService<ISigningKeys>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AccessRevoker(
            provider.GetRequiredService<RevocationRegistry>(),
            provider.GetRequiredService<GrantRegistry>(),
            provider.GetRequiredService<PasscodeRegistry>(),
            provider.GetRequiredService<JournalReader>(),
            CertificateLimits.LongestMaximumLifetime,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RevocationListPublisher>();
        services.AddSingleton<RevocationPublication>();
        services.AddSingleton<RevocationTargets>();
        services.AddSingleton<AccessRuleRegistry>();
        services.AddSingleton<AccessApprovers>();
        services.AddSingleton<AttachedKeys>();
        services.AddSingleton<AccessRequests>();
        services.AddSingleton<KnownAccessRequest>();
        services.AddSingleton<KnownResource>();
        services.AddSingleton<AccessRequestList>();
        services.AddSingleton<AccessRulePlace>();
        services.AddSingleton<EnvironmentProtection>();
        services.AddSingleton<SpentTokens>();
        services.AddSingleton<WebTokenAuthenticator>();
        services.AddSingleton<ICallerAuthenticator, CallerAuthenticator>();
        services.AddSingleton<CodeSignIn>();
    }

    private static void AddSigningKeys(IServiceCollection services, Func<IServiceProvider, OpenBroker> broker)
    {
        services.TryAddSingleton(new RotationRules());
        services.AddSingleton(provider => broker(provider).Rings);
        services.AddSingleton(provider => broker(provider).KeyStore);
        services.AddSingleton(provider => broker(provider).Keys);
        services.AddSingleton<ISigningKeys>(provider => provider.GetRequiredService<SigningKeyCache>());
        services.AddSingleton<IStatementSigner, CurrentStatementSigner>();
        services.AddSingleton<TrustStatements>();
        services.AddSingleton<KnownHosts>();
        services.AddSingleton<KeyRotations>();
        services.AddSingleton<OwnerReminders>();
    }
}
