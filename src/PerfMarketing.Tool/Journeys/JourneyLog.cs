using System.Text;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Journeys;

/// <summary>The touches and conversions of a log as columns, in the order of the log.</summary>
/// <remarks>Tests are left out; a touch or outcome whose id stands twice counts once.</remarks>
internal sealed class JourneyLog(LogTables tables, HashSet<OutcomeKind> kinds) : ILogSink
{
    private readonly TextTable ids = new();
    private readonly HashSet<OutcomeId> outcomes = [];
    private readonly List<RejectedLine> rejected = [];
    private readonly Dictionary<int, Conversion> conversions = [];

    /// <summary>What each row is.</summary>
    public List<JourneyRow> Rows { get; } = [];

    /// <summary>The lines that could not be used.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>The currency of all values; null when there is none.</summary>
    public Currency? Currency { get; private set; }

    /// <summary>Whether there are values in several currencies.</summary>
    public bool HasCurrencies { get; private set; }

    /// <summary>How many conversions belong to no customer.</summary>
    public long Homeless { get; private set; }

    /// <summary>How many touches have neither channel nor partner.</summary>
    public long Nameless { get; private set; }

    /// <summary>The text of a row's id; empty when it has none.</summary>
    public ReadOnlySpan<byte> IdOf(in JourneyRow row) => row.Id < 0 ? [] : ids[row.Id];

    /// <summary>The channel of a touch: its partner where no channel is given.</summary>
    public ChannelId ChannelOf(in JourneyRow row)
    {
        TouchProfile profile = tables.Profile(row.Profile);
        return profile.Channel ?? new(profile.Partner.Value);
    }

    /// <summary>How many conversions a row is, and their value.</summary>
    public (long Count, decimal Value) ConversionsOf(int row) =>
        conversions.TryGetValue(row, out Conversion? found) ? (found.Count, found.Value) : (0, 0);

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        TouchProfile profile = tables.Profile(touch.Profile);
        if (profile.IsTest)
        {
            return -1;
        }

        if (profile.Channel is null && profile.Partner.IsUnset)
        {
            Nameless++;
            return -1;
        }

        int own = -1;
        if (!id.IsEmpty)
        {
            if (ids.Find(id) >= 0)
            {
                return -1;
            }

            own = ids.Add(id);
        }

        Rows.Add(new(touch.Customer, touch.At, touch.Sequence, touch.Profile, own));
        return Rows.Count - 1;
    }

    /// <inheritdoc/>
    public void Outcome(Outcome outcome, int ownTouch = -1)
    {
        if (outcomes.Add(outcome.Id))
        {
            Unnamed(outcome, ownTouch);
        }
    }

    /// <inheritdoc/>
    public void Unnamed(Outcome outcome, int ownTouch)
    {
        if (outcome.IsTest || (kinds.Count > 0 && !kinds.Contains(outcome.Kind)))
        {
            return;
        }

        if (outcome.Value is { } money)
        {
            HasCurrencies |= Currency is { } known && known != money.Currency;
            Currency ??= money.Currency;
        }

        int row = ownTouch >= 0 ? ownTouch : AddConversion(outcome);
        if (row >= 0)
        {
            (long count, decimal value) = ConversionsOf(row);
            conversions[row] = new(count + 1, value + (outcome.Value?.Amount ?? 0));
        }
    }

    /// <inheritdoc/>
    public void Evidence(LogEvidence evidence)
    {
        // Whether it is proven is asked of a campaign; here every outcome counts.
    }

    /// <inheritdoc/>
    public void Correction(Correction correction)
    {
        // As above: what became of an outcome later is asked of a campaign.
    }

    /// <inheritdoc/>
    public void Invalidation(LogInvalidation invalidation)
    {
        // As above.
    }

    /// <inheritdoc/>
    public void Reject(RejectedLine line) => rejected.Add(line);

    private int AddConversion(Outcome outcome)
    {
        if (outcome.Customer is not { } customer || !InstantBytes.TryHold(outcome.At, out long at)
            || !tables.TryAddCustomer(Encoding.ASCII.GetBytes(customer.Value), out int number))
        {
            Homeless++;
            return -1;
        }

        Rows.Add(new(number, at, long.MaxValue, -1, -1));
        return Rows.Count - 1;
    }

    private sealed record Conversion(long Count, decimal Value);
}
