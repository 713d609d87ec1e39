using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.GitPasswords;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Passcodes;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Restoring;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;

namespace SshFunctions.Core;

/// <summary>The stored form of documents and journal entries, camelCase; members are only ever added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(SegmentCounter))]
[JsonSerializable(typeof(SegmentGaps))]
[JsonSerializable(typeof(RestoreMark))]
[JsonSerializable(typeof(SegmentRecord))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(ProjectEnvironment))]
[JsonSerializable(typeof(Resource))]
[JsonSerializable(typeof(HostClaim))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(GrantPlace))]
[JsonSerializable(typeof(GrantRemoval))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(SignInKey))]
[JsonSerializable(typeof(GitPassword))]
[JsonSerializable(typeof(SpentToken))]
[JsonSerializable(typeof(SpentCertificate))]
[JsonSerializable(typeof(Passcode))]
[JsonSerializable(typeof(PasscodeList))]
[JsonSerializable(typeof(PasscodeEnd))]
[JsonSerializable(typeof(GuessCount))]
[JsonSerializable(typeof(RegisteredKey))]
[JsonSerializable(typeof(EnrolledHost))]
[JsonSerializable(typeof(EnrollmentToken))]
[JsonSerializable(typeof(HostEvent))]
[JsonSerializable(typeof(Revocation))]
[JsonSerializable(typeof(RevocationState))]
[JsonSerializable(typeof(PublishedVersion))]
[JsonSerializable(typeof(PublicationState))]
[JsonSerializable(typeof(TrustedKeysRecord))]
[JsonSerializable(typeof(FollowerRecord))]
[JsonSerializable(typeof(ForwardingState))]
[JsonSerializable(typeof(NotificationMessage))]
[JsonSerializable(typeof(FailedNotification))]
[JsonSerializable(typeof(AccessRequest))]
[JsonSerializable(typeof(AccessRequestWork))]
[JsonSerializable(typeof(AccessRequestPointer))]
[JsonSerializable(typeof(AccessRule))]
[JsonSerializable(typeof(CheckpointState))]
[JsonSerializable(typeof(CheckpointRecord))]
[JsonSerializable(typeof(CheckpointStatement))]
[JsonSerializable(typeof(MerkleNode))]
[JsonSerializable(typeof(RetentionState))]
[JsonSerializable(typeof(JournalExportHeader))]
[JsonSerializable(typeof(JournalExportCheckpoint))]
[JsonSerializable(typeof(JournalExportRemoved))]
[JsonSerializable(typeof(JournalExportEnd))]
[JsonSerializable(typeof(KeyRing))]
[JsonSerializable(typeof(TrustStatement))]
[JsonSerializable(typeof(Reminder))]
internal sealed partial class CoreJson : JsonSerializerContext
{
    /// <summary>For what people read as it is stored: fingerprints keep their <c>+</c>.</summary>
    public static CoreJson Readable => Relaxed.Context;

    // A class of its own: the generated Default must be there first.
    private static class Relaxed
    {
        public static readonly CoreJson Context =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
