using System.Globalization;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>Says at which enrolled hosts of a resource a passcode could be typed, so that none is minted that no sshd asks for.</summary>
internal sealed class PasscodeTakers(HostRegistry hosts)
{
    private const string Fix = "on the host, as root: sshfn host enroll --passcodes";

    /// <summary>Where a passcode is taken, or why nowhere. A host that has not reported yet is given the benefit of the doubt.</summary>
    public async Task<Result<PasscodeTaker>> FindAsync(PasscodeOrder order, CancellationToken cancellationToken)
    {
        Resource resource = order.Resource;
        if (order.Instance is { } wanted && !resource.Hosts.Any(host => host.Instance == wanted))
            return new Refusal.Invalid("instance", $"{resource.Path} has no instance {wanted}", InstancesOf(resource));
        EnrolledHost[] there = await hosts.ListAsync(resource.Path, null, cancellationToken)
            .Where(host => order.Instance is null || host.Instance is null || host.Instance == order.Instance)
            .OrderBy(host => host.Instance)
            .ToArrayAsync(cancellationToken);
        if (there.Length == 0)
            return new Refusal.Conflict($"{Name(order)} has no enrolled host, and no other takes passcodes", Fix);
        if (there.FirstOrDefault(host => host.State is { Passcodes: true }) is { } taker) return new PasscodeTaker(taker.State!.PasscodePort);
        return there.Any(host => host.State is not null)
            ? new Refusal.Conflict($"no host of {Name(order)} takes passcodes", Fix)
            : new PasscodeTaker(null);
    }

    private static string Name(PasscodeOrder order) => new HostPlace(order.Resource.Path, order.Instance).ToString();

    private static string InstancesOf(Resource resource)
    {
        string[] numbers = [.. resource.Hosts.Where(host => host.Instance is not null)
            .Select(host => host.Instance!.Value).Distinct().Order().Take(10).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return numbers.Length == 0 ? "leave the instance out" : $"name one of its instances ({string.Join(", ", numbers)}), or none";
    }
}
