using PerfMarketing.Primitives;

namespace PerfMarketing.Integrity;

/// <summary>The digest of terms: what an earning cites and a party accepts.</summary>
/// <remarks>
/// Two trees have the same digest exactly when they hold the same terms: the order of names makes no difference (they
/// are sorted ordinally), numbers count by value (1.10 is 1.1), the place in a file does not count. The format is that
/// of <see cref="CanonicalWriter"/> with the purpose <c>terms</c>.
/// </remarks>
public static class TermDigest
{
    /// <summary>The most levels of lists and objects.</summary>
    public const int DepthMax = 64;

    private const string Purpose = "terms";

    // Most records have room in it.
    private const int SizeOfRecords = 2_048;

    /// <summary>The digest of an object's terms.</summary>
    /// <param name="terms">The object.</param>
    public static Digest Of(ITerms terms) => Of(TermNode.Of(terms));

    /// <summary>The digest of a tree of terms.</summary>
    /// <param name="node">The tree.</param>
    /// <exception cref="ArgumentException">
    /// The tree is deeper than <see cref="DepthMax"/>, a name stands twice, or a text is not valid Unicode.
    /// </exception>
    /// <exception cref="FormatException">A number's digits are not a number.</exception>
    public static Digest Of(TermNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        CanonicalWriter writer = new(Purpose, SizeOfRecords);
        Write(node, writer, 0);
        return writer.ToDigest();
    }

    /// <summary>Writes a tree of terms as a part of something greater.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="writer">Where to write it.</param>
    public static void Write(TermNode node, CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(writer);
        Write(node, writer, 0);
    }

    private static void Write(TermNode node, CanonicalWriter writer, int depth)
    {
        if (depth > DepthMax)
        {
            throw new ArgumentException("The terms are nested too deeply.", nameof(node));
        }

        switch (node.Kind)
        {
            case TermKind.Text:
                writer.Text(node.Text);
                break;
            case TermKind.Number:
                writer.Number(node.Text);
                break;
            case TermKind.Flag:
                writer.Flag(node.Text == "true");
                break;
            case TermKind.List:
                writer.List(node.Items.Count);
                foreach (TermNode item in node.Items)
                {
                    Write(item, writer, depth + 1);
                }

                break;
            case TermKind.Object:
                WriteObject(node, writer, depth);
                break;
            default:
                writer.Null();
                break;
        }
    }

    private static void WriteObject(TermNode node, CanonicalWriter writer, int depth)
    {
        string[] names = node.Names.AsSpan().ToArray();
        var order = new int[names.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(names, order, StringComparer.Ordinal);
        writer.Object(names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0 && string.Equals(names[i], names[i - 1], StringComparison.Ordinal))
            {
                throw new ArgumentException("A name stands twice in one object.", nameof(node));
            }

            writer.Text(names[i]);
            Write(node.Items[order[i]], writer, depth + 1);
        }
    }
}
