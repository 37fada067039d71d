namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>
/// Which states are taken out with which of the removed sets of channels, as columns that are solved side by side:
/// first the conversions of every set and then, where conversions differ in value, the value of every set.
/// </summary>
internal sealed class RemovalSets
{
    /// <summary>How many columns one mask holds.</summary>
    internal const int Lanes = 8;

    private readonly byte[][] masks;
    private readonly byte[] none;

    internal RemovalSets(ChainGraph graph, int[] setOf, int count)
    {
        Count = count;
        ColumnCount = graph.HasValues ? 2 * count : count;
        none = new byte[graph.Count];
        masks = new byte[(ColumnCount + Lanes - 1) / Lanes][];
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = new byte[graph.Count];
        }

        for (int place = 0; place < graph.Count; place++)
        {
            foreach (ushort channel in graph.States.Window(graph.Order[place]))
            {
                for (int column = setOf[channel]; column < ColumnCount; column += count)
                {
                    masks[column / Lanes][place] |= (byte)(1 << (column % Lanes));
                }
            }
        }
    }

    internal int Count { get; }

    internal int ColumnCount { get; }

    /// <summary>A byte for each state, a bit for each of eight columns; none beyond the last column.</summary>
    internal byte[] Masks(int eight) => eight < masks.Length ? masks[eight] : none;

    internal bool Has(int set, int place) => (masks[set / Lanes][place] >> (set % Lanes) & 1) != 0;
}
