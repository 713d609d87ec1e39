using System.Text.Json.Serialization;

namespace SshFunctions.Api;

/// <summary>The one source-generated JSON context of the HTTP contract, camelCase.</summary>
/// <remarks>
/// The default instance reads leniently, as clients must: responses only ever grow. The broker reads requests with options of its own
/// that refuse unknown, duplicate, missing and null members. Null members are written: a reader that was not told of a default demands them.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(CallerResponse))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(TrustBundleResponse))]
[JsonSerializable(typeof(RegisterKeyRequest))]
[JsonSerializable(typeof(RegisteredKeyResponse))]
[JsonSerializable(typeof(Page<RegisteredKeyResponse>))]
[JsonSerializable(typeof(IssueUserCertificateRequest))]
[JsonSerializable(typeof(UserCertificateResponse))]
[JsonSerializable(typeof(RevokeAccessRequest))]
[JsonSerializable(typeof(RevokedResponse))]
[JsonSerializable(typeof(RevocationResponse))]
[JsonSerializable(typeof(Page<RevocationResponse>))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(ProjectResponse))]
[JsonSerializable(typeof(Page<ProjectResponse>))]
[JsonSerializable(typeof(EnvironmentRequest))]
[JsonSerializable(typeof(EnvironmentResponse))]
[JsonSerializable(typeof(Page<EnvironmentResponse>))]
[JsonSerializable(typeof(ResourceRequest))]
[JsonSerializable(typeof(ResourceResponse))]
[JsonSerializable(typeof(Page<ResourceResponse>))]
[JsonSerializable(typeof(GrantRequest))]
[JsonSerializable(typeof(GrantResponse))]
[JsonSerializable(typeof(Page<GrantResponse>))]
[JsonSerializable(typeof(SshSwitchRequest))]
[JsonSerializable(typeof(SshSwitchResponse))]
[JsonSerializable(typeof(ExplainAccessRequest))]
[JsonSerializable(typeof(ExplainAccessResponse))]
[JsonSerializable(typeof(SshConfigResponse))]
[JsonSerializable(typeof(CreateAccessTokenRequest))]
[JsonSerializable(typeof(AccessTokenResponse))]
[JsonSerializable(typeof(CreatedAccessTokenResponse))]
[JsonSerializable(typeof(Page<AccessTokenResponse>))]
[JsonSerializable(typeof(JournalEntryResponse))]
[JsonSerializable(typeof(Page<JournalEntryResponse>))]
public sealed partial class ApiJson : JsonSerializerContext;
