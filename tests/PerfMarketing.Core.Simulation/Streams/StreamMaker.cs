using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Testing;

namespace PerfMarketing.Simulation.Streams;

/// <summary>Draws what happens in a world, and how it reaches the host.</summary>
internal sealed class StreamMaker(WorldPlan world, SeededRandom random, FaultCounts counts)
{
    private const int InvalidationEach = 40;
    private const int BookingDays = 12;

    private readonly List<Delivery> deliveries = [];
    private readonly List<OrderId> orders = [];
    private readonly Instant[] special = [.. SpecialTimes.Of(world)];
    private readonly (Instant From, Instant To)[] amended = [.. SpecialTimes.AmendedMonthsOf(world)];
    private readonly string[] partners =
        [.. world.Contracts.SelectMany(static c => c.Partners).Distinct().Append("p-nobody")];

    private readonly Currency currency = Currency.Parse(world.Contracts[0].Currency);
    private readonly SignedMaker signed = new(world, random.Fork(), counts);
    private int number;

    /// <summary>About so many deliveries, in the order in which they are handed in.</summary>
    public List<Delivery> Make(int events)
    {
        while (deliveries.Count < events)
        {
            AddOutcome();
        }

        for (int i = 0; world.IsWide && i < events / InvalidationEach; i++)
        {
            AddInvalidation(i);
        }

        for (int i = 0; world.IsWide && i < world.Days / BookingDays; i++)
        {
            AddBooking(i);
        }

        if (Strikes(FaultKind.ReplayOfOldDay, 8))
        {
            ReplayDay();
        }

        deliveries.AddRange(DebtMaker.Of(world));
        deliveries.AddRange(OpeningMaker.Of(world, deliveries.Min(static d => d.At)));
        deliveries.Sort(static (x, y) => x.At != y.At ? x.At.CompareTo(y.At) : x.Order.CompareTo(y.Order));
        return deliveries;
    }

    private void AddOutcome()
    {
        string id = $"o-{number++}";
        Instant at = DrawTime();
        if (Array.Exists(amended, m => m.From <= at && at < m.To))
        {
            counts.Hit(FaultKind.AmendmentMidPeriod);
        }

        CustomerId customer = new($"c-{random.Below(world.Customers)}");
        AddTouches(id, at, customer);
        Outcome outcome = OutcomeMaker.Make(random, new(id), at, customer, currency);
        if (Strikes(FaultKind.RateMissing) && outcome.Value is { } value)
        {
            outcome = outcome with { Value = Money.FromMinor(value.MinorUnits, Currency.Parse("CHF")) };
            counts.Hit(FaultKind.RateMissing);
        }

        outcome = outcome with { OrderId = DrawOrder(id) };
        Instant arrives = at + Duration.FromSeconds(random.Between(0, random.Happens(100) ? 250_000 : 7_200));
        if (Strikes(FaultKind.ClockSkew))
        {
            outcome = outcome with { At = arrives + Duration.FromSeconds(random.Between(-600, 600)) };
            at = outcome.At;
            counts.Hit(FaultKind.ClockSkew);
        }

        arrives = Delayed(arrives, at);
        ProofPlan? proof = ProofOf(outcome);
        Instant? edge = DrawEdge(outcome, proof);
        if (edge is { } end && random.Happens(500))
        {
            // What is decided while it waits is decided before proof at its end comes in: this is decided with it.
            arrives = Instant.Max(arrives, end + Duration.FromSeconds(random.Between(0, 90_000)));
        }

        Deliver(arrives, new SimEvent.Happened(outcome));
        AddEvidence(outcome, arrives, proof, edge);
        new CorrectionMaker(world, random, counts).Make(outcome, arrives, Deliver);
        if (Strikes(FaultKind.SameKeyOtherContent))
        {
            Outcome other = outcome with { Value = Money.FromMinor(random.Between(1, 9_999), currency), Quantity = 3 };
            Deliver(arrives + Later(5), new SimEvent.Happened(other));
            counts.Hit(FaultKind.SameKeyOtherContent);
        }
    }

    private void AddInvalidation(int i)
    {
        ContractPlan contract = world.Contracts[random.Below(world.Contracts.Length)];
        Instant from = world.Start + Duration.FromHours(random.Between(-24, world.Days * 24L));
        Instant to = from + Duration.FromHours(random.Between(12, 400));
        Instant at = to + Later(20);
        bool isAmount = random.Happens(400);
        Deliver(at, new SimEvent.Invalidated(new()
        {
            Id = new($"inv-{i}"),
            Contract = new(contract.Id),
            Partner = new(contract.Partners[random.Below(contract.Partners.Length)]),
            From = from,
            To = to,
            At = at,
            Amount = isAmount ? Money.FromMinor(random.Between(1, 5_000), currency) : null,
            Part = isAmount ? null : Percentage.FromFraction(random.Between(1, 1_000) / 1_000m),
            Reason = random.Happens(500) ? CorrectionReason.Fraud : default(CorrectionReason?),
            Author = "ann",
            Note = "bots",
        }));
    }

    private void AddBooking(int i)
    {
        ContractPlan contract = world.Contracts[random.Below(world.Contracts.Length)];
        Instant at = world.Start + Duration.FromHours(random.Between(0, world.Days * 24L));
        ManualKind kind = random.Pick(ManualKind.Earning, ManualKind.Bounty, ManualKind.OpeningBalance);
        ManualEarning manual = new()
        {
            Id = new($"book-{i}"),
            Kind = kind,
            Contract = new(contract.Id),
            Partner = new(contract.Partners[random.Below(contract.Partners.Length)]),
            Amount = Money.FromMinor(random.Between(kind == ManualKind.Bounty ? 1 : -3_000, 6_000), currency),
            At = at,
            PayableAt = random.Happens(400) ? at + Duration.FromDays(random.Between(0, 50)) : null,
            Author = "ben",
            Note = "by hand",
        };
        Deliver(at + Later(9), new SimEvent.Booked(manual));
        if (Strikes(FaultKind.SameKeyOtherContent, 8))
        {
            Deliver(at + Later(9), new SimEvent.Booked(manual with { Note = "another" }));
            counts.Hit(FaultKind.SameKeyOtherContent);
        }
    }

    private OrderId? DrawOrder(string id)
    {
        if (!random.Happens(200))
        {
            return null;
        }

        if (Strikes(FaultKind.SameOrderOtherOutcome, 5) && orders.Count > 0)
        {
            counts.Hit(FaultKind.SameOrderOtherOutcome);
            return orders[random.Below(orders.Count)];
        }

        orders.Add(new($"order-{id}"));
        return orders[^1];
    }

    private void AddTouches(string outcome, Instant at, CustomerId customer)
    {
        int count = random.Pick(0, 1, 1, 2, 2, 3, 4, 5);
        Duration window = world.Lookback ?? Duration.FromDays(20);
        Duration before = Duration.Zero;
        for (int i = 0; i < count; i++)
        {
            // At times two touches have one instant.
            before = i > 0 && random.Happens(30) ? before
                : Duration.FromSeconds(random.Between(0, (long)window.TotalSeconds));
            bool isEdge = random.Happens(60);
            if (isEdge)
            {
                before = random.Pick(Duration.Zero, window, window - Duration.Epsilon, window + Duration.Epsilon);
            }
            else if (Strikes(FaultKind.LateBeyondLookback))
            {
                before = window + Duration.FromSeconds(random.Between(0, 400_000));
                counts.Hit(FaultKind.LateBeyondLookback);
            }

            Touchpoint touch = new()
            {
                Id = new($"t-{outcome}-{i}"),
                At = at - before,
                Customer = customer,
                Partner = new(partners[random.Below(partners.Length)]),
                Kind = random.Happens(300) ? TouchpointKind.View : TouchpointKind.Click,
                Sequence = random.Happens(100) ? random.Below(3) : null,
                IsTest = random.Happens(15),
            };
            Instant arrives = touch.At + Duration.FromSeconds(random.Between(0, random.Happens(50) ? 90_000 : 600));
            Deliver(Delayed(arrives, touch.At), new SimEvent.Touch(touch));
            if (Strikes(FaultKind.SameKeyOtherContent))
            {
                Deliver(arrives + Later(2), new SimEvent.Touch(touch with { Partner = new("p-thief") }));
                counts.Hit(FaultKind.SameKeyOtherContent);
            }
        }
    }

    private ProofPlan? ProofOf(Outcome outcome) => world.Contracts.SelectMany(static c => c.Clauses)
        .FirstOrDefault(c => c.Proof is not null && outcome.Kind == (OutcomeKind)c.Outcome)?.Proof;

    // When proof comes at the very end of its wait, if it does.
    private Instant? DrawEdge(Outcome outcome, ProofPlan? proof)
    {
        if (proof?.Within is not { } within || !Strikes(FaultKind.ExpiryRace))
        {
            return null;
        }

        counts.Hit(FaultKind.ExpiryRace);
        return outcome.At + within + Duration.FromNanoseconds(random.Between(-1, 1));
    }

    private void AddEvidence(Outcome outcome, Instant arrives, ProofPlan? proof, Instant? edge)
    {
        if (edge is null && (proof is null ? !random.Happens(20) : random.Happens(150)))
        {
            return;
        }

        Duration wait = proof?.Within ?? Duration.FromDays(10);
        Instant received = outcome.At + Duration.FromSeconds(random.Between(0, (long)(wait.TotalSeconds * 1.05)));
        if (edge is { } end)
        {
            received = end;
        }
        else if (Strikes(FaultKind.EvidenceBeforeOutcome))
        {
            received = arrives - Duration.FromMinutes(random.Between(1, 600));
            counts.Hit(FaultKind.EvidenceBeforeOutcome);
        }

        if (Strikes(FaultKind.Erasure, 4))
        {
            Deliver(received + Later(8), new SimEvent.Erased(outcome.Id));
        }

        if (proof is { IsSigned: true } && random.Happens(940))
        {
            signed.Make(outcome, random.Happens(50) ? "shipped" : proof.Kind, received, Deliver);
            return;
        }

        EvidenceVerdict verdict = EvidenceVerdict.Asserted(
            random.Happens(50) ? "shipped" : "paid", new($"psp-{outcome.Id}"), received);
        Deliver(received, new SimEvent.Proved(outcome.Id, verdict));
        if (Strikes(FaultKind.EvidenceConflict))
        {
            Instant again = received + Later(3);
            Deliver(again, new SimEvent.Proved(
                outcome.Id, verdict with { Content = Digest.Of([7]), ReceivedAt = again, AssertedAt = again }));
            counts.Hit(FaultKind.EvidenceConflict);
            if (world.RateOf(FaultKind.RulingByHand) > 0 && random.Happens(300))
            {
                // Somebody looks into it.
                Approval ruling = new() { Id = new($"r-{outcome.Id}-s"), Outcome = outcome.Id, At = again };
                Deliver(again + Later(4), new SimEvent.Corrected(ruling));
                counts.Hit(FaultKind.RulingByHand);
            }
        }
    }

    private Instant DrawTime()
    {
        if (special.Length > 0 && Strikes(FaultKind.DaylightSaving, 2))
        {
            counts.Hit(FaultKind.DaylightSaving);
            return special[random.Below(special.Length)] + Duration.FromSeconds(random.Between(-5_400, 5_400));
        }

        if (Strikes(FaultKind.LeapDayMonthEnd, 2))
        {
            Instant[] ends = SpecialTimes.MonthEndsOf(world);
            counts.Hit(FaultKind.LeapDayMonthEnd);
            return ends[random.Below(ends.Length)]
                + random.Pick(Duration.Zero, -Duration.Epsilon, Duration.Epsilon, Duration.FromSeconds(-3_600));
        }

        return world.Start + Duration.FromSeconds(random.Between(0, world.Days * 86_400L));
    }

    private Instant Delayed(Instant arrives, Instant at)
    {
        if (Strikes(FaultKind.OutOfOrder))
        {
            counts.Hit(FaultKind.OutOfOrder);
            arrives += Duration.FromSeconds(random.Between(60, 300_000));
        }

        if (Strikes(FaultKind.LateAfterStatement, 2) && at < world.Start + Duration.FromDays(20))
        {
            counts.Hit(FaultKind.LateAfterStatement);
            arrives += Duration.FromDays(random.Between(32, 50));
        }

        return arrives;
    }

    private void Deliver(Instant at, SimEvent what)
    {
        deliveries.Add(new(at, deliveries.Count, what));
        if (Strikes(FaultKind.DuplicateSameBytes))
        {
            deliveries.Add(new(at + Later(6), deliveries.Count, what));
            counts.Hit(FaultKind.DuplicateSameBytes);
        }

        if (Strikes(FaultKind.DuplicateReserialised))
        {
            deliveries.Add(new(at + Later(6), deliveries.Count, what, Reserialised: true));
            counts.Hit(FaultKind.DuplicateReserialised);
        }
    }

    private void ReplayDay()
    {
        Instant from = world.Start + Duration.FromDays(random.Below(world.Days));
        Instant again = from + Duration.FromDays(random.Between(2, 40));
        Delivery[] day = [.. deliveries.Where(d => d.At >= from && d.At < from + Duration.FromHours(12)).Take(40)];
        foreach (Delivery old in day)
        {
            deliveries.Add(new(again + (old.At - from), deliveries.Count, old.Event));
            counts.Hit(FaultKind.ReplayOfOldDay);
        }
    }

    private Duration Later(int days) => Duration.FromSeconds(random.Between(0, days * 86_400L));

    private bool Strikes(FaultKind kind, int times = 1) =>
        world.RateOf(kind) is > 0 and var rate && random.Happens(Math.Min(1_000, rate * times));
}
