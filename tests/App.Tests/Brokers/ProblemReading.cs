using System.Net;
using System.Net.Http.Json;
using SshFunctions.Api;

namespace SshFunctions.App.Tests.Brokers;

/// <summary>Reads a problem document and checks what holds for every one.</summary>
internal static class ProblemReading
{
    public static async Task<Problem> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Problem problem = (await response.Content.ReadFromJsonAsync(ApiJson.Default.Problem))!;
        Assert.Equal((int)status, problem.Status);
        Assert.Matches("^[0-9a-f]{32}$", problem.CorrelationId);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return problem;
    }
}
