using NodaTime;

namespace PerfMarketing.Simulation.Worlds;

/// <summary>A key with which the provider signs evidence.</summary>
/// <param name="Id">The key's name.</param>
/// <param name="From">The first instant at which it counts; null since ever.</param>
/// <param name="To">The first instant at which it counts no more; null without end.</param>
/// <param name="RevokedAt">When it was revoked; null when it never is.</param>
/// <param name="Secret">What the provider signs with.</param>
internal sealed record KeyPlan(string Id, Instant? From, Instant? To, Instant? RevokedAt, byte[] Secret)
{
    /// <summary>Whether what is received at an instant, and looked at then, counts.</summary>
    public bool CountsAt(Instant at) => !(at < From) && !(at >= To) && !(at >= RevokedAt);
}
