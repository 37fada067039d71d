using System.Globalization;
using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>Draws what a provider signs, and what others make of it.</summary>
internal sealed class SignedMaker(WorldPlan world, SeededRandom random, FaultCounts counts)
{
    private readonly List<OutcomeId> outcomes = [];
    private int number;

    public void Make(Outcome outcome, string kind, Instant received, Action<Instant, SimEvent> deliver)
    {
        SignedEvidence genuine = new($"msg-{outcome.Id}", kind, BodyOf(outcome.Id))
        {
            Draw = random.Below(8),
            SkewSeconds = (int)random.Between(-290, 290),
            Key = DrawKey(),
        };
        if (Strikes(FaultKind.ForgedEvidence, 4))
        {
            SignedEvidence forged = Forge(genuine, outcome);
            deliver(received - Duration.FromMinutes(random.Between(1, 900)), new SimEvent.Signed(outcome.Id, forged));
            counts.Hit(FaultKind.ForgedEvidence);
            if (random.Happens(300))
            {
                // Nobody but the forger ever says so.
                return;
            }
        }

        deliver(received, new SimEvent.Signed(outcome.Id, genuine));
        if (Strikes(FaultKind.ReplayedEvidence, 4))
        {
            Replay(genuine, outcome.Id, received, deliver);
            counts.Hit(FaultKind.ReplayedEvidence);
        }

        if (Strikes(FaultKind.EvidenceConflict))
        {
            SignedEvidence other = genuine with { Body = BodyOf(outcome.Id) };
            deliver(received + Later(3), new SimEvent.Signed(outcome.Id, other));
            counts.Hit(FaultKind.EvidenceConflict);
        }

        outcomes.Add(outcome.Id);
    }

    // A sender who did not hear of the rotation, or whose key was lost.
    private string? DrawKey()
    {
        if (Strikes(FaultKind.KeyRevoked, 4))
        {
            counts.Hit(FaultKind.KeyRevoked);
            return world.Keys[^1].Id;
        }

        if (Strikes(FaultKind.KeyRotation, 4))
        {
            counts.Hit(FaultKind.KeyRotation);
            return world.Keys[random.Below(world.Keys.Length)].Id;
        }

        return null;
    }

    private SignedEvidence Forge(SignedEvidence genuine, Outcome outcome) => genuine with
    {
        Id = random.Happens(500) ? genuine.Id : string.Create(CultureInfo.InvariantCulture, $"msg-f{number}"),
        Body = BodyOf(outcome.Id),
        Forgery = random.Pick(Forgery.OtherSecret, Forgery.OtherBody, Forgery.OtherId, Forgery.Unsigned),
    };

    // The same bytes once more, much later; or for another outcome, even before they come for their own.
    private void Replay(SignedEvidence genuine, OutcomeId own, Instant received, Action<Instant, SimEvent> deliver)
    {
        SignedEvidence caught = genuine with { SignedAt = received };
        if (outcomes.Count == 0 || random.Happens(300))
        {
            deliver(
                received + Duration.FromSeconds(random.Between(700, 900_000)), new SimEvent.Signed(own, caught));
            return;
        }

        Instant at = received + Duration.FromSeconds(random.Happens(250)
            ? random.Between(-9, -1)
            : random.Between(1, 9));
        deliver(at, new SimEvent.Signed(outcomes[random.Below(outcomes.Count)], caught));
    }

    private byte[] BodyOf(OutcomeId outcome) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{{\"order\":\"{outcome}\",\"n\":{number++}}}"));

    private Duration Later(int days) => Duration.FromSeconds(random.Between(0, days * 86_400L));

    private bool Strikes(FaultKind kind, int times = 1) =>
        world.RateOf(kind) is > 0 and var rate && random.Happens(Math.Min(1_000, rate * times));
}
