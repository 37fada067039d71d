using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What an event says, as a digest: the same id with another digest is a conflict.</summary>
/// <remarks>
/// When an event was recorded is no part of what it says: a provider that sends it again, later, sends the same event.
/// </remarks>
public static class EventDigest
{
    /// <summary>The digest of what an event says.</summary>
    /// <param name="terms">A touchpoint, an outcome or a correction.</param>
    /// <exception cref="ArgumentException">A text of the event is not valid Unicode.</exception>
    public static Digest Of(ITerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TermNode node = TermNode.Of(terms);
        if (node.Find(EventTerms.RecordedAt) is null)
        {
            return TermDigest.Of(node);
        }

        TermWriter rest = new();
        for (int i = 0; i < node.Names.Count; i++)
        {
            if (!string.Equals(node.Names[i], EventTerms.RecordedAt, StringComparison.Ordinal))
            {
                rest.Add(node.Names[i], node.Items[i]);
            }
        }

        return TermDigest.Of(rest.ToNode());
    }
}
