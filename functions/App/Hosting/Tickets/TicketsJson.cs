using System.Text.Json.Serialization;

namespace SshFunctions.App.Hosting.Tickets;

/// <summary>The source-generated form of the file of <c>--tickets</c>.</summary>
[JsonSerializable(typeof(TicketsDocument))]
internal sealed partial class TicketsJson : JsonSerializerContext;
