namespace PerfMarketing.Testing;

/// <summary>Says what goes wrong with each call of a port.</summary>
/// <remarks>Asked once for each call, in the order of the calls. Shared by the ports of one host.</remarks>
public interface IPortFaults
{
    /// <summary>What goes wrong with the next call.</summary>
    /// <param name="method">What is called.</param>
    PortFault Next(PortMethod method);
}
