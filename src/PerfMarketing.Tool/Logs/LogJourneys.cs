using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Logs;

/// <summary>Finds the touchpoints around an outcome in a log.</summary>
/// <remarks>
/// One buffer serves all journeys: a journey is valid until the next is asked for. Outcomes are asked for in the order
/// in which they were recorded; those asked for before, test outcomes aside, are what cuts a journey. Not thread-safe.
/// </remarks>
internal sealed class LogJourneys : IJourneySource
{
    private readonly TouchColumns log;
    private readonly bool isWhole;
    private readonly Dictionary<CustomerId, List<Outcome>> outcomes = [];
    private JourneyTouch[] buffer = new JourneyTouch[64];

    /// <summary>Finds journeys in a log.</summary>
    /// <param name="log">The log's touchpoints.</param>
    /// <param name="isWhole">Whether journeys hold touchpoints after the outcome too, to explain them.</param>
    public LogJourneys(TouchColumns log, bool isWhole = false)
    {
        this.log = log;
        this.isWhole = isWhole;
    }

    /// <inheritdoc/>
    public Journey Find(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        int count = 0;
        bool hasNamed = false;
        int number = outcome.Customer is { } customer ? log.Tables.FindCustomer(customer) : -1;
        foreach (int row in log.TouchesOf(number))
        {
            if ((isWhole || log.At(row) <= outcome.At) && !log.IsElsewhere(row))
            {
                Take(row, ref count);
                hasNamed = hasNamed || (outcome.Touch is { } own && buffer[count - 1].Id == own);
            }
        }

        if (!hasNamed && outcome.Touch is { } touch && log.Find(touch) is >= 0 and int other)
        {
            Take(other, ref count);
        }

        return new(buffer.AsMemory(0, count), Cut(outcome), SequenceOf(outcome));
    }

    private void Take(int row, ref int count)
    {
        if (count == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        buffer[count++] = log.JourneyTouchOf(row);
    }

    // The latest outcome of the customer that came before, among those recorded before.
    private JourneyCut? Cut(Outcome outcome)
    {
        if (outcome.Customer is not { } customer)
        {
            return null;
        }

        if (!outcomes.TryGetValue(customer, out List<Outcome>? earlier))
        {
            outcomes.Add(customer, earlier = []);
        }

        long? own = SequenceOf(outcome);
        EventOrder recorded = EventOrder.Of(outcome, EventClock.RecordedAt);
        JourneyCut? latest = null;
        bool isKnown = outcome.IsTest;
        foreach (Outcome other in earlier)
        {
            isKnown = isKnown || other.Id == outcome.Id;
            if (other.At > outcome.At || EventOrder.Of(other, EventClock.RecordedAt) >= recorded)
            {
                continue;
            }

            // At one instant only lines that are touchpoints themselves tell which touchpoint is whose.
            long? sequence = other.At == outcome.At ? SequenceOf(other) : null;
            bool isBefore = other.At < outcome.At || sequence < own;
            bool isLater = latest is not { } cut || other.At > cut.At || sequence > cut.Sequence;
            if (isBefore && isLater)
            {
                latest = new(other.At, sequence);
            }
        }

        if (!isKnown)
        {
            earlier.Add(outcome);
        }

        return latest;
    }

    private long? SequenceOf(Outcome outcome) => outcome.Touch is { } touch ? log.OwnSequence(touch) : null;
}
