using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Testing;

/// <content>Events that must be refused.</content>
public sealed partial class RandomLog
{
    private static readonly (string Code, Func<Outcome, Outcome> Spoil)[] OutcomeFaults =
    [
        (EventCodes.IdMissing, static o => o with { Id = default }),
        (EventCodes.KindMissing, static o => o with { Kind = default }),
        (EventCodes.NamesItself, static o => o with { Parent = o.Id }),
        (EventCodes.Instant, static o => o with { At = ContractCalendar.Latest }),
        (EventCodes.Instant, static o => o with { RecordedAt = ContractCalendar.Earliest - Duration.Epsilon }),
        (EventCodes.Quantity, static o => o with { Quantity = 0 }),
        (EventCodes.Quantity, static o => o with { Quantity = -1 }),
        (EventCodes.Quantity, static o => o with { Quantity = Events.Outcome.QuantityMax + 1 }),
        (EventCodes.Quantity, static o => o with { Quantity = 0.0000000000001m }),
        (EventCodes.AmountNegative, static o => o with { Value = Money.FromMinor(-1, Currency.Eur) }),
        (EventCodes.Currency, static o => o with { Value = default(Money) }),
        (EventCodes.Currency, static o => o with
        {
            Value = Money.FromMinor(1, Currency.Eur),
            Lines = [new() { Net = Money.FromMinor(1, Currency.Usd) }],
        }),
        (EventCodes.LinesMissing, static o => o with
        {
            Lines = [], Totals = new() { Shipping = Money.FromMinor(1, Currency.Eur) },
        }),
        (EventCodes.TooManyLines, static o => o with
        {
            Lines =
            [
                .. Enumerable.Repeat(
                    new OrderLine { Net = Money.FromMinor(1, Currency.Eur) }, Events.Outcome.LineCountMax + 1),
            ],
        }),
        (EventCodes.DiscountTooGreat, static o => o with
        {
            Value = null,
            Lines = [new() { Net = Money.FromMinor(1, Currency.Eur) }],
            Totals = new() { Discount = Money.FromMinor(2, Currency.Eur) },
        }),
        (EventCodes.AmountTooGreat, static o => o with
        {
            Value = null,
            Lines =
            [
                new() { Net = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur) },
                new() { Net = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur) },
            ],
        }),
    ];

    private static readonly (string Code, Func<Touchpoint, Touchpoint> Spoil)[] TouchFaults =
    [
        (EventCodes.IdMissing, static t => t with { Id = default }),
        (EventCodes.CustomerMissing, static t => t with { Customer = default }),
        (EventCodes.PartnerMissing, static t => t with { Partner = default }),
        (EventCodes.KindMissing, static t => t with { Kind = default }),
        (EventCodes.Instant, static t => t with { At = ContractCalendar.Latest }),
    ];

    private static readonly (string Code, Func<Correction, Correction> Spoil)[] CorrectionFaults =
    [
        (EventCodes.IdMissing, static c => c with { Id = default }),
        (EventCodes.OutcomeMissing, static c => c with { Outcome = default }),
        (EventCodes.NamesItself, static c => c with { Replaces = c.Id }),
        (EventCodes.Text, static c => c with { Note = new('x', Correction.NoteLengthMax + 1) }),
        (EventCodes.Text, static c => c with { Note = string.Empty }),
        (EventCodes.Instant, static c => c with { At = ContractCalendar.Latest }),
        (EventCodes.AmountNegative, static c => new AmountReturn
        {
            Id = c.Id, Outcome = c.Outcome, At = c.At, Amount = Money.FromMinor(-1, Currency.Eur),
        }),
        (EventCodes.Contradictory, static c => new Restatement { Id = c.Id, Outcome = c.Outcome, At = c.At }),
        (EventCodes.LinesMissing, static c =>
            new LineReturn { Id = c.Id, Outcome = c.Outcome, At = c.At, Lines = [] }),
        (EventCodes.ReplacesMissing, static c => new ReturnWithdrawn { Id = c.Id, Outcome = c.Outcome, At = c.At }),
        (EventCodes.ContractMissing, static c => new Rejection
        {
            Id = c.Id, Outcome = c.Outcome, At = c.At, Clause = new("clause"),
        }),
    ];

    /// <summary>The codes that <see cref="MakeInvalid"/> draws from, each once.</summary>
    public static ValueList<string> InvalidCodes { get; } =
    [
        .. OutcomeFaults.Select(static f => f.Code).Concat(TouchFaults.Select(static f => f.Code))
            .Concat(CorrectionFaults.Select(static f => f.Code)).Distinct(),
    ];

    /// <summary>Makes a stream of events each of which has one thing wrong, and must be refused.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="campaign">The campaign that they would be about.</param>
    /// <param name="count">How many.</param>
    public static ValueList<InvalidEvent> MakeInvalid(SeededRandom random, Campaign campaign, int count)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        List<InvalidEvent> events = [];
        while (events.Count < count)
        {
            Contract contract = campaign.Contracts[random.Below(campaign.Contracts.Count)];
            events.Add(Invalid(random, contract, events.Count));
        }

        return events.ToValueList();
    }

    private static InvalidEvent Invalid(SeededRandom random, Contract contract, int number)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"wrong-{number}");
        Instant at = Begin + Duration.FromMinutes(random.Between(0, 300L * 24 * 60));
        int place = random.Below(OutcomeFaults.Length + TouchFaults.Length + CorrectionFaults.Length);
        if (place < OutcomeFaults.Length)
        {
            (string code, Func<Outcome, Outcome> spoil) = OutcomeFaults[place];
            Outcome outcome = new()
            {
                Id = new(name),
                At = at,
                Kind = contract.Clauses[random.Below(contract.Clauses.Count)].Outcome,
                Customer = new("customer-0"),
                Value = Money.FromMinor(random.Between(1, 50_000), contract.Currency),
            };
            return new(code) { Input = new CampaignInput.OfOutcome(spoil(outcome)) };
        }

        place -= OutcomeFaults.Length;
        if (place < TouchFaults.Length)
        {
            (string code, Func<Touchpoint, Touchpoint> spoil) = TouchFaults[place];
            Touchpoint touch = new()
            {
                Id = new(name),
                At = at,
                RecordedAt = at,
                Customer = new("customer-0"),
                Partner = contract.Partners[random.Below(contract.Partners.Count)],
                Kind = TouchpointKind.Click,
            };
            return new(code) { Touchpoint = spoil(touch) };
        }

        (string told, Func<Correction, Correction> spoilt) = CorrectionFaults[place - TouchFaults.Length];
        Retraction correction = new() { Id = new(name), Outcome = new("outcome-0"), At = at };
        return new(told) { Input = new CampaignInput.OfCorrection(spoilt(correction)) };
    }
}
