using System.Text.Json.Serialization;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>The source-generated form of the file of <c>--identities</c>.</summary>
[JsonSerializable(typeof(IdentitiesDocument))]
internal sealed partial class IdentitiesJson : JsonSerializerContext;
