using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Logs;

/// <summary>Finds the touchpoints around an outcome in a log that is held.</summary>
/// <remarks>
/// One buffer serves all journeys: a journey is valid until the next is asked for. Not thread-safe. The outcome before
/// is the latest one that had been recorded by then, test outcomes aside.
/// </remarks>
internal sealed class LogJourneys : IJourneySource
{
    private readonly EventColumns log;
    private readonly bool isWhole;
    private readonly Dictionary<TouchpointId, int> named;
    private readonly Dictionary<CustomerId, List<Outcome>> outcomes = [];
    private JourneyTouch[] buffer = new JourneyTouch[64];

    /// <summary>Looks through the log once.</summary>
    /// <param name="log">The log, frozen.</param>
    /// <param name="isWhole">Whether journeys hold touchpoints after the outcome too, to explain them.</param>
    public LogJourneys(EventColumns log, bool isWhole = false)
    {
        this.log = log;
        this.isWhole = isWhole;
        HashSet<TouchpointId> wanted = [];
        foreach (LogEvent held in log.Events)
        {
            if (held.Value is not Outcome outcome)
            {
                continue;
            }

            if (outcome.Touch is { } touch)
            {
                wanted.Add(touch);
            }

            if (outcome is { Customer: { } customer, IsTest: false })
            {
                Remember(customer, outcome);
            }
        }

        named = log.FindTouches(wanted);
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
            if (!isWhole && log.At(row) > outcome.At)
            {
                break;
            }

            Take(row, ref count);
            hasNamed = hasNamed || (outcome.Touch is { } own && buffer[count - 1].Id == own);
        }

        if (!hasNamed && outcome.Touch is { } touch && named.TryGetValue(touch, out int other))
        {
            Take(other, ref count);
        }

        return new(buffer.AsMemory(0, count), Before(outcome), SequenceOf(outcome));
    }

    private void Take(int row, ref int count)
    {
        if (count == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        buffer[count++] = log.JourneyTouchOf(row);
    }

    private void Remember(CustomerId customer, Outcome outcome)
    {
        if (!outcomes.TryGetValue(customer, out List<Outcome>? list))
        {
            outcomes.Add(customer, list = []);
        }

        list.Add(outcome);
    }

    private JourneyCut? Before(Outcome outcome)
    {
        if (outcome.Customer is not { } customer || !outcomes.TryGetValue(customer, out List<Outcome>? list))
        {
            return null;
        }

        long? own = SequenceOf(outcome);
        JourneyCut? latest = null;
        foreach (Outcome other in list)
        {
            if (other.RecordedAt > outcome.RecordedAt || other.At > outcome.At || other.Id == outcome.Id)
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

        return latest;
    }

    private long? SequenceOf(Outcome outcome) => outcome.Touch is { } touch ? log.OwnSequence(touch) : null;
}
