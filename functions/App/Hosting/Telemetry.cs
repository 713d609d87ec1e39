using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SshFunctions.App.Hosting;

/// <summary>Sends traces and metrics to an OTLP collector while the broker runs. Exists only when an endpoint is configured.</summary>
internal sealed class Telemetry(Uri endpoint) : IHostedService, IDisposable
{
    /// <summary>Name of the activity sources and meters of the broker's own.</summary>
    public const string Name = "SshFunctions";

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ResourceBuilder resource = ResourceBuilder.CreateEmpty().AddService("sshfn-broker", serviceVersion: BrokerVersion.Current);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", Name)
            .AddOtlpExporter(exporter => Target(exporter, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", Name)
            .AddOtlpExporter(exporter => Target(exporter, "v1/metrics"))
            .Build();
        return Task.CompletedTask;
    }

    // Stopped after the server, so that the last requests are sent too; a collector that is away must not hold the stop.
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(timeoutMilliseconds: 2000);
            _metrics?.Shutdown(timeoutMilliseconds: 2000);
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // Set in code, the endpoint is taken as it is: the exporter appends no path to it.
    private void Target(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
        exporter.TimeoutMilliseconds = 5000;
    }
}
