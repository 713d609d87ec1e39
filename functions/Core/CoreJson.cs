using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core;

/// <summary>The stored form of documents and journal entries, camelCase; members are only ever added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(SegmentCounter))]
[JsonSerializable(typeof(SegmentRecord))]
[JsonSerializable(typeof(Project))]
[JsonSerializable(typeof(ProjectEnvironment))]
[JsonSerializable(typeof(Resource))]
[JsonSerializable(typeof(HostClaim))]
[JsonSerializable(typeof(Grant))]
[JsonSerializable(typeof(GrantPlace))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(RegisteredKey))]
[JsonSerializable(typeof(Revocation))]
[JsonSerializable(typeof(RevocationState))]
[JsonSerializable(typeof(TrustedKeysRecord))]
internal sealed partial class CoreJson : JsonSerializerContext;
