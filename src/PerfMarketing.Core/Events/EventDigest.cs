using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What an event says, as a digest: the same id with another digest is a conflict.</summary>
/// <remarks>
/// When an event was recorded is no part of what it says: a provider that sends it again, later, sends the same event.
/// Neither is the version of its written form: a later one says the same of the same event.
/// </remarks>
public static class EventDigest
{
    private const string Format = "format";

    /// <summary>The digest of what an event says.</summary>
    /// <param name="terms">A touchpoint, an outcome or a correction.</param>
    /// <exception cref="ArgumentException">A text of the event is not valid Unicode.</exception>
    public static Digest Of(ITerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TermNode node = TermNode.Of(terms);
        if (node.Find(EventTerms.RecordedAt) is null && node.Find(Format) is null)
        {
            return TermDigest.Of(node);
        }

        TermWriter rest = new();
        for (int i = 0; i < node.Names.Count; i++)
        {
            if (node.Names[i] is not (EventTerms.RecordedAt or Format))
            {
                rest.Add(node.Names[i], node.Items[i]);
            }
        }

        return TermDigest.Of(rest.ToNode());
    }
}
