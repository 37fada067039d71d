using System.Globalization;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Testing;

/// <content>
/// What is booked by hand, and what becomes known only while the scenario goes on: rates, and acceptances.
/// </content>
public sealed partial class ContractScenario
{
    private readonly List<Action> told = [];
    private readonly List<RecordedRate> rates = [];
    private readonly TermCatalog? catalog;
    private CampaignDraft draft;
    private int bookingCount;

    /// <summary>A person books an amount for a partner, under the first contract that names it.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="amount">The amount; below zero it is taken back.</param>
    /// <param name="with">Adds kind, day, opening tally and the like; null adds nothing.</param>
    /// <exception cref="ScenarioFailedException">The booking is refused.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario Booked(string partner, Money amount, Func<ManualEarning, ManualEarning>? with = null)
    {
        PartnerId id = Known(partner);
        ManualEarning plain = new()
        {
            Id = new(string.Create(CultureInfo.InvariantCulture, $"booking-{++bookingCount}")),
            Contract = ContractOf(id),
            Partner = id,
            Amount = amount,
            At = Now,
            Author = "scenario",
            Note = "Booked by hand.",
        };
        ManualEarning manual = with is null ? plain : with(plain);
        Instant at = Now;
        Reason? refused = Ask(() => run.Book(manual, at)).Reason;
        return Expect(
            $"{amount} is booked for {partner}",
            "booked",
            refused is null ? "booked" : $"refused for {refused}",
            []);
    }

    /// <summary>A rate of exchange becomes known, of now: what waited for it is decided.</summary>
    /// <param name="source">Whose rate it is, as the contract's conversion names it.</param>
    /// <param name="from">The currency of what is converted.</param>
    /// <param name="to">The currency of the contract.</param>
    /// <param name="rate">How much of it one unit of the other is worth.</param>
    /// <param name="with">Says another instant that it is of, or another id; null changes nothing.</param>
    public ContractScenario Rated(
        string source, Currency from, Currency to, decimal rate, Func<RateSnapshot, RateSnapshot>? with = null)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"rate-{rates.Count + 1}");
        RateSnapshot plain = new(id, from, to, rate, source, Now);
        rates.Add(new(with is null ? plain : with(plain), Now));
        return TellAgain();
    }

    /// <summary>A partner accepts a version of its contract, of which the campaign has a history.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="version">The version, which was proposed.</param>
    /// <param name="since">
    /// When it accepted, where that becomes known only now, such as <c>2026-03-20 09:00</c>; null for now.
    /// </param>
    /// <exception cref="FormatException">The text is not a time.</exception>
    /// <exception cref="InvalidOperationException">The campaign has no history of the contract.</exception>
    /// <exception cref="ArgumentException">Nobody named the partner.</exception>
    public ContractScenario Accepted(string partner, int version, string? since = null)
    {
        PartnerId id = Known(partner);
        ContractId contract = ContractOf(id);
        ContractHistory history = draft.Lifecycles.FirstOrDefault(l => l.Contract == contract)
            ?? throw new InvalidOperationException(
                $"The campaign has no history of '{contract}': say who proposed its versions.");
        ContractEvent.Accepted accepted = new(version)
        {
            At = since is null ? Now : InstantOf(since),
            By = new(partner),
        };
        draft = draft.With(history.Then(accepted));
        return TellAgain();
    }

    private ContractId ContractOf(PartnerId partner) =>
        (run.State.Campaign.Contracts.FirstOrDefault(c => c.Names(partner)) ?? run.State.Campaign.Contracts[0]).Id;

    private void Tell(Action step)
    {
        told.Add(step);
        step();
    }

    private T Ask<T>(Func<T> step)
    {
        told.Add(() => step());
        return step();
    }

    // Whoever knows more decides the same log again, beside the statements that stand.
    private ContractScenario TellAgain()
    {
        Begin();
        if (closed.Count > 0)
        {
            run.Restore(closed.Values);
        }

        foreach (Action step in told)
        {
            step();
        }

        Instant at = Now;
        Tell(() => run.Expire(at));
        return this;
    }
}
