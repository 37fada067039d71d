using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <content>The journeys to outcomes.</content>
internal sealed partial class ConversionTurn
{
    /// <summary>Reads the journey to an outcome, of all who are one customer.</summary>
    public async ValueTask<Journey> ReadJourneyAsync(
        Outcome outcome, Instant asOf, CancellationToken cancellationToken)
    {
        if (await QueryAsync(outcome, asOf, cancellationToken).ConfigureAwait(false) is not { } query)
        {
            return default;
        }

        return JourneyOf(await journeys.ReadAsync(query, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads the journeys to several outcomes at once.</summary>
    public async ValueTask<Journey[]> ReadJourneysAsync(
        Outcome[] outcomes, Instant asOf, CancellationToken cancellationToken)
    {
        CustomerId[] named = [.. outcomes.Select(static o => o.Customer).OfType<CustomerId>().Distinct()];
        ValueList<ValueList<CustomerId>> merged = ports.Merges is null || named.Length == 0 ? []
            : await ports.Merges.FindAllOfAsync([.. named], asOf, cancellationToken).ConfigureAwait(false);
        Dictionary<CustomerId, ValueList<CustomerId>> persons = [];
        for (int i = 0; i < named.Length; i++)
        {
            persons.Add(named[i], ports.Merges is null ? [named[i]] : merged[i]);
        }

        var found = new Journey[outcomes.Length];
        List<(int Place, JourneyQuery Query)> asked = [];
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (QueryOf(outcomes[i], outcomes[i].Customer is { } c ? persons[c] : [], asOf) is { } query)
            {
                asked.Add((i, query));
            }
        }

        ValueList<StoredJourney> read = asked.Count == 0 ? [] : await journeys
            .ReadAllAsync([.. asked.Select(static a => a.Query)], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < asked.Count; i++)
        {
            found[asked[i].Place] = JourneyOf(read[i]);
        }

        return found;
    }

    private async ValueTask<JourneyQuery?> QueryAsync(
        Outcome outcome, Instant asOf, CancellationToken cancellationToken) => QueryOf(
        outcome,
        outcome.Customer is not { } customer ? []
            : ports.Merges is null ? [customer]
            : await ports.Merges.FindAllAsync(customer, asOf, cancellationToken).ConfigureAwait(false),
        asOf);

    private JourneyQuery? QueryOf(Outcome outcome, ValueList<CustomerId> customers, Instant asOf) =>
        customers.Count == 0 && outcome.Touch is null ? null : new()
        {
            Outcome = outcome.Id,
            At = outcome.At,
            Customers = customers,
            Reference = outcome.Touch,
            From = BeginOf(campaign.Attribution.Reach, outcome.At),
            KnownAt = asOf,
        };

    private static Journey JourneyOf(StoredJourney found) =>
        new(found.Touches.Select(JourneyTouch.Of).ToArray(), found.Previous, Binding: found.Binding);

    private static Instant BeginOf(LookbackWindow lookback, Instant at) =>
        lookback.Length is { } length && length < at - Instant.MinValue ? at - length : Instant.MinValue;
}
