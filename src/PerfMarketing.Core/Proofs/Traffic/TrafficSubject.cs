using PerfMarketing.Identity;
using PerfMarketing.Proofs.Calls;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>A result that a contract's rules look at, beside others.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Partner">Who brought the result.</param>
/// <param name="Case">The result and its touch.</param>
public sealed record TrafficSubject(ContractId Contract, PartnerId Partner, TrafficCase Case)
{
    /// <summary>The rules of invalid traffic; null when there are none.</summary>
    public TrafficTerms? Terms { get; init; }

    /// <summary>Which calls count; null when the contract does not say.</summary>
    public CallTerms? Calls { get; init; }

    /// <summary>The rooms in which the result is seen, each once.</summary>
    public IEnumerable<TrafficRoom> Rooms => Lenses.Select(RoomOf);

    /// <summary>The rooms that are looked at to judge it, each once: those in which it is seen, and others.</summary>
    public IEnumerable<TrafficRoom> Reads => Lenses.Concat(Clicks)
        .SelectMany(lens => (TrafficRoom[])[RoomOf(lens), RoomOf(lens).Before]).Distinct();

    internal TrafficSighting Sighting => new(Case.Outcome.Id, Case.Outcome.At)
    {
        TouchAt = Case.TouchAt,
        Quantity = Case.Outcome.Quantity,
    };

    internal IEnumerable<TrafficLens> Lenses
    {
        get
        {
            IEnumerable<TrafficLens> lenses =
                from rule in Terms?.Rules ?? []
                from lens in TrafficLens.Of(rule, Case.Outcome, Partner)
                select lens;
            return (TrafficLens.Of(Calls, Case.Outcome) is { } caller ? lenses.Append(caller) : lenses).Distinct();
        }
    }

    // Clicks are looked at by results, and results not by clicks.
    private IEnumerable<TrafficLens> Clicks =>
        from rule in Terms?.Rules ?? []
        where rule.Rule == TrafficRuleKind.ClickFlood && TrafficLens.Counts(rule, Case.Outcome.Kind)
        select TrafficLens.OfClicks(rule, Partner);

    internal TrafficRoom RoomOf(TrafficLens lens) => lens.RoomAt(Contract, Case.Outcome.At);
}
