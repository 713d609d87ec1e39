using System.Text.Json.Serialization;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>The source-generated form of the file of <c>--outbound</c>.</summary>
[JsonSerializable(typeof(OutboundDocument))]
internal sealed partial class OutboundJson : JsonSerializerContext;
