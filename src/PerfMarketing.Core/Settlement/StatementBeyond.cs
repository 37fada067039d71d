using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement;

/// <summary>
/// A statement that cannot be cut, because an amount in it is beyond <see cref="Money.MinorUnitsMax"/>.
/// </summary>
/// <param name="Contract">The contract.</param>
/// <param name="Partner">Whose statement it is.</param>
/// <param name="Period">The period of the statement; none of the later ones is cut either.</param>
public readonly record struct StatementBeyond(ContractId Contract, PartnerId Partner, string Period)
{
    /// <summary>Which statement it is.</summary>
    public override string ToString() => $"the statement {Period} of contract '{Contract}' for '{Partner}'";
}
